'use client'

import { useEffect, useRef, useState } from 'react'
import { Menu, X } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Logo } from './logo'

/** On a phone: the bar at the top, and the drawer that it opens. `children` is the sidebar's content. */
export function MobileBar({
  children,
  search,
}: {
  children: React.ReactNode
  search: React.ReactNode
}) {
  const drawer = useRef<HTMLDialogElement>(null)
  const pathname = usePathname()
  // Drawn when it is opened: all pages would carry the whole menu twice else.
  const [opened, setOpened] = useState(false)

  useEffect(() => drawer.current?.close(), [pathname])

  return (
    <header className="sticky top-0 z-20 flex h-12 items-center justify-between border-b bg-surface px-2 md:hidden">
      <div className="flex items-center">
        <Button
          variant="ghost"
          square
          aria-label="Open the menu"
          aria-haspopup="dialog"
          onClick={() => {
            setOpened(true)
            drawer.current?.showModal()
          }}
        >
          <Menu aria-hidden />
        </Button>
        <Logo />
      </div>
      {search}
      {/* The browser's own modal: it keeps the focus inside, closes on Escape, and costs no script. */}
      <dialog
        ref={drawer}
        aria-label="Menu"
        className="m-0 h-dvh max-h-none w-72 max-w-[85vw] border-e bg-surface p-0 text-foreground backdrop:bg-overlay"
        onClick={(event) => {
          // A click on the backdrop hits the dialog itself; one on a link leads away.
          const target = event.target as HTMLElement
          if (target === drawer.current || target.closest('a')) drawer.current?.close()
        }}
      >
        <div className="flex h-full flex-col">
          <div className="flex justify-end p-2 pb-0">
            <Button
              variant="ghost"
              square
              aria-label="Close the menu"
              onClick={() => drawer.current?.close()}
            >
              <X aria-hidden />
            </Button>
          </div>
          {opened && children}
        </div>
      </dialog>
    </header>
  )
}
