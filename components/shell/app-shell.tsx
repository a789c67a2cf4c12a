import { KeyboardShortcuts } from './keyboard-shortcuts'
import { Logo } from './logo'
import { MobileBar } from './mobile-bar'
import { NavLinks } from './nav-links'
import { PaletteButton } from './palette-button'
import type { SendSamples } from './palette/palette-commands'
import { RememberPages } from './remember-pages'
import { UserMenu, type SignOut } from './user-menu'

type Props = {
  email: string | null
  signOut?: SignOut
  sendSamples?: SendSamples
  children: React.ReactNode
}

/** The frame around every page: the sidebar, or on a phone a bar with a drawer, and the page itself. */
export function AppShell({ email, signOut, sendSamples, children }: Props) {
  const navigation = (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        <NavLinks />
      </div>
      <UserMenu email={email} signOut={signOut} />
    </>
  )
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-md border bg-surface px-3 py-2 text-sm focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <MobileBar search={<PaletteButton compact />}>{navigation}</MobileBar>
      <aside
        aria-label="Sidebar"
        className="sticky top-0 hidden h-dvh flex-col border-e bg-surface md:flex"
      >
        <div className="space-y-3 p-3 pb-1">
          <div className="flex h-7 items-center">
            <Logo />
          </div>
          <PaletteButton />
        </div>
        {navigation}
      </aside>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none md:px-8 md:py-6">
        <div className="mx-auto max-w-6xl has-data-wide:max-w-none">{children}</div>
      </main>
      <KeyboardShortcuts signOut={signOut} sendSamples={sendSamples} />
      <RememberPages />
    </div>
  )
}
