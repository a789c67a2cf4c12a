'use client'

import { useState, useTransition } from 'react'
import { Terminal } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { copyText } from '@/components/ui/copy-text'
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { notify } from '@/components/ui/notify'

export type CurlResult = { ok: true; command: string } | { ok: false; message: string }

type Props = {
  /** @param reveal That the text of a deleted message may be in it, and who has asked for it recorded. */
  make: (reveal: boolean) => Promise<CurlResult>
  /** The message of the event was deleted: its body holds what nobody sees unrecorded. */
  isWithheld: boolean
}

/** Fetches the command only when it is asked for: its token is as good as a secret for an hour. */
export function CopyCurlButton({ make, isWithheld }: Props) {
  const [open, setOpen] = useState(false)
  const [pending, startTransition] = useTransition()

  function copy(reveal: boolean) {
    startTransition(async () => {
      const made = await make(reveal).catch(
        () => ({ ok: false, message: 'Waggle did not answer.' }) as const,
      )
      if (!made.ok) return notify('error', made.message)
      try {
        await copyText(made.command)
        setOpen(false)
        notify('success', 'Copied. The token in it is valid for an hour.')
      } catch {
        notify('error', 'The browser did not let Waggle copy it.')
      }
    })
  }

  if (!isWithheld) {
    return (
      <Button onClick={() => copy(false)} disabled={pending}>
        <Terminal aria-hidden /> Copy as curl
      </Button>
    )
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Terminal aria-hidden /> Copy as curl…
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Copy what a deleted message said?"
        footer={
          <>
            <DialogClose asChild>
              <Button>Back</Button>
            </DialogClose>
            <Button variant="primary" disabled={pending} onClick={() => copy(true)}>
              {pending ? 'Copying…' : 'Copy, and record it'}
            </Button>
          </>
        }
      >
        <p className="text-sm">
          The message of this event was deleted. The command holds the whole body, with what the
          message said: that you have copied it is recorded like any look at a deleted text.
        </p>
      </DialogContent>
    </Dialog>
  )
}
