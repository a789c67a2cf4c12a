'use client'

import { useTransition } from 'react'
import { Send } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'

export type SendSamples = () => Promise<{ ok: boolean; message: string }>

export function SendSamplesButton({ send }: { send: SendSamples }) {
  const [pending, startTransition] = useTransition()

  function start() {
    startTransition(async () => {
      const result = await send().catch(() => ({ ok: false, message: 'Waggle did not answer.' }))
      if (result.ok) notify('success', result.message)
      else notify('error', result.message)
    })
  }

  return (
    <Button variant="primary" onClick={start} disabled={pending}>
      <Send aria-hidden /> {pending ? 'Sending…' : 'Send sample events'}
    </Button>
  )
}
