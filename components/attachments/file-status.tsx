'use client'

import { useTransition } from 'react'
import { RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { attachmentHref, type AttachmentKey } from '@/components/addresses'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import { formatBytes } from '@/lib/format'
import type { FileState } from '@/lib/queries/file-state'
import { useRefreshWhile } from './use-refresh-while'

const BADGES: Record<FileState['state'], { tone: BadgeTone; text: string }> = {
  archived: { tone: 'green', text: 'Archived' },
  fetching: { tone: 'blue', text: 'Fetching' },
  waiting: { tone: 'neutral', text: 'Waiting' },
  off: { tone: 'neutral', text: 'Not archived' },
  failed: { tone: 'red', text: 'Failed' },
  skipped: { tone: 'amber', text: 'Skipped' },
}

type Props = { file: AttachmentKey; state: FileState; name: string }

/** How the archive stands with a file, why, and a way to try again. */
export function FileStatus({ file, state, name }: Props) {
  const { tone, text } = BADGES[state.state]
  useRefreshWhile(state.state === 'fetching' || (state.state === 'waiting' && !state.reason))
  const mayRetry =
    ['failed', 'skipped'].includes(state.state) || (state.state === 'waiting' && state.reason)
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-1.5 gap-y-1">
      <Badge tone={tone}>
        {text}
        {state.state === 'fetching' && progress(state)}
      </Badge>
      {state.state !== 'archived' && state.reason && (
        <span className="text-xs wrap-anywhere text-muted">{state.reason}</span>
      )}
      {mayRetry && <RetryButton file={file} name={name} />}
    </span>
  )
}

function progress({ receivedBytes, statedBytes }: FileState): string {
  if (statedBytes) return ` ${Math.min(100, Math.floor((receivedBytes / statedBytes) * 100))} %`
  return receivedBytes > 0 ? `, ${formatBytes(receivedBytes)}` : ''
}

function RetryButton({ file, name }: { file: AttachmentKey; name: string }) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  function retry() {
    startTransition(async () => {
      const answer = await fetch(attachmentHref(file), { method: 'POST' }).catch(() => null)
      if (answer?.ok) notify('success', 'The file will be fetched again in a moment.')
      else notify('error', answer ? await answer.text() : 'Waggle did not answer.')
      startTransition(() => router.refresh())
    })
  }
  return (
    <Button
      variant="ghost"
      size="sm"
      aria-label={`Try again: ${name}`}
      onClick={retry}
      disabled={pending}
    >
      <RotateCcw aria-hidden />
      Try again
    </Button>
  )
}
