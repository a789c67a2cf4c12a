'use client'

import { clsx } from 'clsx'
import { X } from 'lucide-react'
import * as Radix from 'radix-ui/dialog'
import { Button } from './button'

export const Dialog = Radix.Root
export const DialogTrigger = Radix.Trigger
export const DialogClose = Radix.Close

type Props = {
  title: string
  description?: React.ReactNode
  children?: React.ReactNode
  /** Buttons, at the end. */
  footer?: React.ReactNode
  /** For what is to be looked at, as large as the window lets it be. */
  wide?: boolean
}

export function DialogContent({ title, description, children, footer, wide }: Props) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-50 bg-overlay" />
      <Radix.Content
        // Without a description Radix must be told so; otherwise it finds Description by itself.
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={clsx(
          wide ? 'max-w-5xl' : 'max-w-lg',
          'fixed top-1/2 left-1/2 z-50 flex max-h-[85dvh] w-[calc(100%-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-xl border bg-surface shadow-popover outline-none',
        )}
      >
        <div className="flex items-start justify-between gap-4 px-5 pt-4">
          <div>
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            {description && (
              <Radix.Description className="mt-1 text-sm text-muted">
                {description}
              </Radix.Description>
            )}
          </div>
          <Radix.Close asChild>
            <Button variant="ghost" size="sm" square aria-label="Close">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </div>
        <div className="min-h-0 overflow-y-auto px-5 py-4">{children}</div>
        {footer && <div className="flex justify-end gap-2 border-t px-5 py-3">{footer}</div>}
      </Radix.Content>
    </Radix.Portal>
  )
}
