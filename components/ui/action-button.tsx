'use client'

import { useState } from 'react'
import { Button, type ButtonProps } from '@/components/ui/button'
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import type { ActionResult } from './action-result'
import { useAction } from './use-action'

type Props = {
  action: () => Promise<ActionResult>
  children: React.ReactNode
  variant?: ButtonProps['variant']
  size?: ButtonProps['size']
  /** Asked first, for what can't be taken back. */
  ask?: { title: string; description: string; confirm: string }
}

/** Does something on the server and tells what came of it. */
export function ActionButton({ action, children, variant, size, ask }: Props) {
  const [open, setOpen] = useState(false)
  const { pending, run } = useAction()
  if (!ask) {
    return (
      <Button variant={variant} size={size} disabled={pending} onClick={() => run(action)}>
        {children}
      </Button>
    )
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant={variant} size={size}>
          {children}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={ask.title}
        footer={
          <>
            <DialogClose asChild>
              <Button>Back</Button>
            </DialogClose>
            <Button
              variant={variant === 'danger' ? 'danger' : 'primary'}
              disabled={pending}
              onClick={() => run(action, () => setOpen(false))}
            >
              {ask.confirm}
            </Button>
          </>
        }
      >
        <p className="text-sm">{ask.description}</p>
      </DialogContent>
    </Dialog>
  )
}
