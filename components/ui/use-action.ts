'use client'

import { useTransition } from 'react'
import { useRouter } from 'next/navigation'
import { notify } from '@/components/ui/notify'
import type { ActionResult } from './action-result'

const NO_ANSWER: ActionResult = {
  ok: false,
  message: 'Waggle did not answer. Reload the page to see what came of it.',
}

/** Runs a server action, tells what came of it, and goes where it leads. */
export function useAction() {
  const router = useRouter()
  const [pending, startTransition] = useTransition()

  function run<Result extends ActionResult>(
    action: () => Promise<Result>,
    onDone?: (result: Result | ActionResult) => void,
  ) {
    startTransition(async () => {
      const result = await action().catch(() => NO_ANSWER)
      notify(result.ok ? 'success' : 'error', result.message)
      onDone?.(result)
      if (result.ok && result.href) router.push(result.href)
    })
  }
  return { pending, run }
}
