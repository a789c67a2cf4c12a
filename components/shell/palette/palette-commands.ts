import { startTransition } from 'react'
import { Download, History, Keyboard, LogOut, Send, type LucideIcon } from 'lucide-react'
import { notify } from '@/components/ui/notify'
import { NAV_ICONS } from '../nav-icon'
import { THEMES } from '../theme-toggle'
import type { SignOut } from '../user-menu'
import { pageActions } from './page-actions'

export type SendSamples = () => Promise<{ ok: boolean; message: string }>

/** Something that the palette does. `hidden` commands are shown only when somebody types their name. */
export type PaletteCommand = { label: string; Icon: LucideIcon; run: () => void; hidden?: boolean }

type Can = {
  go: (href: string) => void
  setTheme: (theme: string) => void
  onKeyHelp: () => void
  signOut?: SignOut
  sendSamples?: SendSamples
}

const EXPORTED = [
  { path: '/partnerships', label: 'partnerships' },
  { path: '/contacts', label: 'contacts' },
  { path: '/custom-fields', label: 'custom fields' },
  { path: '/attachments', label: 'attachments' },
]
const FORMATS = ['csv', 'json']
// Where in a list somebody is does not matter for all of it.
const PLACE = ['after', 'before']

/** Everything that can be done from the palette on this page. */
export function paletteCommands({ go, setTheme, onKeyHelp, signOut, sendSamples }: Can) {
  const commands: PaletteCommand[] = [
    ...exportsOfThisPage(),
    ...pageActions(window.location).map(({ label, href, icon }) => ({
      label,
      Icon: icon === 'history' ? History : NAV_ICONS[icon],
      run: () => go(href),
    })),
    ...THEMES.map(({ value, label, Icon }) => ({
      label: `Theme: ${label.toLowerCase()}`,
      Icon,
      run: () => setTheme(value),
    })),
    { label: 'Keyboard shortcuts', Icon: Keyboard, run: onKeyHelp },
  ]
  if (sendSamples) {
    commands.push({ label: 'Send sample events', Icon: Send, run: () => void send(sendSamples) })
  }
  if (signOut) {
    commands.push({ label: 'Sign out', Icon: LogOut, run: () => startTransition(signOut) })
  }
  return [...commands, ...exportsOfAll()]
}

function exportsOfThisPage(): PaletteCommand[] {
  const { pathname, search } = window.location
  const list = EXPORTED.find(({ path }) => path === pathname)
  if (!list) return []
  const params = new URLSearchParams(search)
  for (const name of PLACE) params.delete(name)
  return FORMATS.map((format) => ({
    label: `Export these ${list.label} as ${format.toUpperCase()}`,
    Icon: Download,
    run: () => download(list.path, format, params),
  }))
}

function exportsOfAll(): PaletteCommand[] {
  return EXPORTED.flatMap(({ path, label }) =>
    FORMATS.map((format) => ({
      label: `Export all ${label} as ${format.toUpperCase()}`,
      Icon: Download,
      run: () => download(path, format, new URLSearchParams()),
      hidden: true,
    })),
  )
}

function download(path: string, format: string, view: URLSearchParams): void {
  const params = new URLSearchParams(view)
  params.set('format', format)
  const link = document.createElement('a')
  link.href = `/api/export${path}?${params}`
  // A refusal is no file: without a name for one, the browser shows what it says.
  link.click()
}

async function send(sendSamples: SendSamples): Promise<void> {
  const result = await sendSamples().catch(() => ({ ok: false, message: 'Waggle did not answer.' }))
  notify(result.ok ? 'success' : 'error', result.message)
}
