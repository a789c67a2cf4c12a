'use client'

import { useState, useTransition } from 'react'
import { Eye } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { RoomMessage } from '@/lib/queries/room-message'
import { MessageText } from './message-text'

export type RevealResult = { ok: true; text: string } | { ok: false; message: string }

/** Reads the text of a deleted message, for those who may. */
export type Reveal = (message: {
  companyUuid: string
  roomUuid: string
  uuid: string
}) => Promise<RevealResult>

type Props = { message: RoomMessage; roomUuid: string; reveal: Reveal }

/** The way to a deleted message's text, which is not on the page before somebody asks for it. */
export function RevealText({ message, roomUuid, reveal }: Props) {
  const [result, setResult] = useState<RevealResult>()
  const [pending, startTransition] = useTransition()

  function show() {
    const { companyUuid, uuid } = message
    startTransition(async () => {
      setResult(
        await reveal({ companyUuid, roomUuid, uuid }).catch(() => ({
          ok: false as const,
          message: 'Waggle did not answer.',
        })),
      )
    })
  }

  if (result?.ok) {
    return (
      <div role="status" className="mt-1 rounded-md border border-dashed px-2.5 py-1.5">
        {result.text.trim() === '' ? (
          <p className="text-muted italic">No text was received</p>
        ) : (
          <MessageText text={result.text} />
        )}
        <p className="mt-1 text-xs text-muted">Deleted text, shown to you alone and recorded.</p>
      </div>
    )
  }
  return (
    <p className="mt-1 flex flex-wrap items-center gap-2">
      <Button
        size="sm"
        onClick={show}
        disabled={pending}
        title="Who reveals a deleted text, and when, is recorded"
      >
        <Eye aria-hidden /> {pending ? 'Revealing…' : 'Reveal text'}
      </Button>
      {result && (
        <span role="alert" className="text-xs text-danger">
          {result.message}
        </span>
      )}
    </p>
  )
}
