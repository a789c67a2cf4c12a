'use client'

import { useState } from 'react'
import { Send } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { formatCount } from '@/lib/format'
import type { TestResult } from './test-result'
import { useAction } from '@/components/ui/use-action'

/** Sends a test event and shows what the receiver answered. */
export function TestEventButton({ send }: { send: () => Promise<TestResult> }) {
  const [result, setResult] = useState<TestResult | null>(null)
  const { pending, run } = useAction()
  return (
    <div className="space-y-3 p-4 text-sm">
      <p className="text-muted">
        An event of the type waggle_test, signed like the others. It is no part of the log, and is
        sent once, also while the destination is disabled.
      </p>
      <Button disabled={pending} onClick={() => run(send, setResult)}>
        <Send aria-hidden /> {pending ? 'Sending…' : 'Send a test event'}
      </Button>
      <div role="status" className="space-y-2">
        {result && (
          <p className={result.ok ? 'text-success' : 'text-danger'}>
            {result.message}
            {result.answer && ` (${formatCount(result.answer.durationMs)} ms)`}
          </p>
        )}
        {result?.answer?.response && (
          <CodeBlock code={result.answer.response} label="What it answered" wrap />
        )}
      </div>
    </div>
  )
}
