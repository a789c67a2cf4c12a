'use client'

import { useState, useTransition } from 'react'
import { Eye } from 'lucide-react'
import type { RevealResult } from '@/components/rooms/reveal-text'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'

// Of one endless line a browser lays out every character; what is copied is whole.
const MAX_SHOWN_CHARACTERS = 100_000

/** Reads the stored body of a deleted message's event, for those who may. */
export type RevealBody = () => Promise<RevealResult>

/** The way to a body whose text is not on the page before somebody asks for it. */
export function RevealBody({ reveal }: { reveal: RevealBody }) {
  const [result, setResult] = useState<RevealResult>()
  const [pending, startTransition] = useTransition()

  function show() {
    startTransition(async () => {
      setResult(
        await reveal().catch(() => ({ ok: false as const, message: 'Waggle did not answer.' })),
      )
    })
  }

  if (result?.ok) {
    return (
      <div role="status" className="border-b">
        <p className="flex flex-wrap items-center justify-between gap-2 px-4 pt-3 text-xs text-muted">
          The body as stored, shown to you alone and recorded.
          <CopyButton text={result.text} label="the stored body" withText />
        </p>
        <pre
          tabIndex={0}
          role="group"
          aria-label="Stored body"
          dir="ltr"
          className="max-h-[36rem] overflow-auto p-4 font-mono text-xs leading-5 [overflow-wrap:anywhere] whitespace-pre-wrap"
        >
          <code>{result.text.slice(0, MAX_SHOWN_CHARACTERS)}</code>
        </pre>
      </div>
    )
  }
  return (
    <p className="flex flex-wrap items-center gap-2 border-b px-4 py-2">
      <Button
        size="sm"
        onClick={show}
        disabled={pending}
        title="Who reveals a deleted text, and when, is recorded"
      >
        <Eye aria-hidden /> {pending ? 'Revealing…' : 'Reveal body'}
      </Button>
      {result && (
        <span role="alert" className="text-xs text-danger">
          {result.message}
        </span>
      )}
    </p>
  )
}
