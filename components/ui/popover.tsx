'use client'

import type { RefObject } from 'react'
import { clsx } from 'clsx'
import * as Radix from 'radix-ui/popover'

type Props = {
  /** The button that opened it: it is placed there, and there the focus goes back to. */
  anchor: RefObject<HTMLElement | null>
  /** Names it for screen readers. */
  label: string
  align?: 'start' | 'end'
  className?: string
  onClose: () => void
  children: React.ReactNode
}

/** A panel below a button, while it is open. To be fetched when it is first asked for: Radix is not small. */
export function Popover({ anchor, label, align = 'start', className, onClose, children }: Props) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Anchor virtualRef={anchor as RefObject<HTMLElement>} />
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={clsx(
            'z-40 flex max-h-[min(28rem,var(--radix-popover-content-available-height))] w-72 max-w-[calc(100vw-1rem)] flex-col overflow-hidden rounded-lg border bg-surface text-sm shadow-popover outline-none',
            className,
          )}
          onInteractOutside={(event) => {
            // A click on the button closes it by itself, and would open it again.
            if (anchor.current?.contains(event.target as Node)) event.preventDefault()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            // Whoever has gone on by now is not called back.
            if (document.activeElement === document.body) anchor.current?.focus()
          }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
