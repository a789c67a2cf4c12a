import {
  Activity,
  Combine,
  Handshake,
  LayoutDashboard,
  MessagesSquare,
  Paperclip,
  RotateCcw,
  Search,
  Send,
  Settings,
  Target,
  TextCursorInput,
  UsersRound,
  type LucideIcon,
} from 'lucide-react'
import type { NavItem } from './nav-items'

export const NAV_ICONS: Record<NavItem['icon'], LucideIcon> = {
  overview: LayoutDashboard,
  partnerships: Handshake,
  duplicates: Combine,
  contacts: UsersRound,
  customFields: TextCursorInput,
  rooms: MessagesSquare,
  attachments: Paperclip,
  search: Search,
  events: Activity,
  redelivery: Send,
  destinations: Target,
  replays: RotateCcw,
  settings: Settings,
}

export function NavIcon({ icon }: { icon: NavItem['icon'] }) {
  const Icon = NAV_ICONS[icon]
  return <Icon aria-hidden className="size-4 shrink-0" />
}
