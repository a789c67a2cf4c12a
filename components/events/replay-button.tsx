'use client'

import { useState, useTransition } from 'react'
import { RotateCcw } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { notify } from '@/components/ui/notify'

export type ReplayResult = { ok: boolean; message: string }

/** Asks first, then hands the event to the projector again and tells what came of it. */
export function ReplayButton({ replay }: { replay: () => Promise<ReplayResult> }) {
  const [open, setOpen] = useState(false)
  const [pending, startTransition] = useTransition()

  function confirm() {
    startTransition(async () => {
      const result = await replay().catch(() => ({
        ok: false,
        message: 'Waggle did not answer. Whether the event was replayed shows in its attempts.',
      }))
      setOpen(false)
      if (result.ok) notify('success', result.message)
      else notify('error', result.message)
    })
  }

  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <RotateCcw aria-hidden /> Replay
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Replay this event?"
        description="The stored event is handed to the same projector that new events go through."
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="primary" onClick={confirm} disabled={pending}>
              {pending ? 'Replaying…' : 'Replay'}
            </Button>
          </>
        }
      >
        <ul className="list-disc space-y-1 ps-5 text-sm">
          <li>What was received is not changed, and nothing is sent to JourneyBee.</li>
          <li>Newer state wins: if a later event says otherwise, the pages stay as they are.</li>
          <li>The outcome is recorded among the event’s attempts, with your name.</li>
        </ul>
      </DialogContent>
    </Dialog>
  )
}
