'use client'

import { useTransition } from 'react'
import { Terminal } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { copyText } from '@/components/ui/copy-text'
import { notify } from '@/components/ui/notify'

export type CurlResult = { ok: true; command: string } | { ok: false; message: string }

/** Fetches the command only when it is asked for: its token is as good as a secret for an hour. */
export function CopyCurlButton({ make }: { make: () => Promise<CurlResult> }) {
  const [pending, startTransition] = useTransition()

  function copy() {
    startTransition(async () => {
      const made = await make().catch(
        () => ({ ok: false, message: 'Waggle did not answer.' }) as const,
      )
      if (!made.ok) return notify('error', made.message)
      try {
        await copyText(made.command)
        notify('success', 'Copied. The token in it is valid for an hour.')
      } catch {
        notify('error', 'The browser did not let Waggle copy it.')
      }
    })
  }

  return (
    <Button onClick={copy} disabled={pending}>
      <Terminal aria-hidden /> Copy as curl
    </Button>
  )
}
