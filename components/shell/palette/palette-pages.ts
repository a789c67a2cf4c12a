import { UPKEEP_HREF } from '@/components/addresses'
import { NAV_ITEMS, type NavItem } from '../nav-items'

/** A page that the palette leads to; `key` is pressed after "g" to go there, where there is one. */
export type PalettePage = { label: string; href: string; icon: NavItem['icon']; key?: string }

/** Every page of the dashboard that is not one record's: those of the sidebar, then what lies behind them. */
export const PALETTE_PAGES: PalettePage[] = [
  ...NAV_ITEMS,
  { label: 'Rejections', href: '/events/rejections', icon: 'events' },
  { label: 'Redeliver events', href: '/redeliveries/new', icon: 'redelivery' },
  { label: 'Dead letters', href: '/redeliveries/dead', icon: 'redelivery' },
  { label: 'New destination', href: '/destinations/new', icon: 'destinations' },
  { label: 'New replay', href: '/replays/new', icon: 'replays' },
  { label: 'Rebuild or check parity', href: UPKEEP_HREF, icon: 'settings' },
]
