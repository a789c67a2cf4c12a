import { useEffect, useState } from 'react'
import type { PaletteAnswer } from '@/lib/queries/palette/palette-item'

const TYPING_PAUSE_MS = 120
const PATIENCE_MS = 15_000

/** `signIn` when the session has ended: then trying again is of no use. */
export type PaletteError = { message: string; signIn: boolean }

type Outcome = { answer: PaletteAnswer } | { error: PaletteError }
type Settled = { q: string; attempt: number; outcome: Outcome }

/**
 * What the server finds for a text, asked for when the typing pauses. An answer to an earlier text is
 * never shown: its request is given up.
 *
 * @param onSettled Called when an answer or an error has come.
 */
export function usePaletteSearch(q: string, onSettled: () => void) {
  const [attempt, setAttempt] = useState(0)
  const [settled, setSettled] = useState<Settled | null>(null)

  useEffect(() => {
    if (!q) return
    const given = new AbortController()
    const timer = setTimeout(async () => {
      const outcome = await ask(q, given.signal)
      if (given.signal.aborted) return
      onSettled()
      setSettled({ q, attempt, outcome })
    }, TYPING_PAUSE_MS)
    return () => {
      clearTimeout(timer)
      given.abort()
    }
  }, [q, attempt, onSettled])

  const current = settled?.q === q && settled.attempt === attempt ? settled.outcome : null
  return {
    searching: q !== '' && current === null,
    answer: current && 'answer' in current ? current.answer : null,
    error: current && 'error' in current ? current.error : null,
    retry: () => setAttempt((count) => count + 1),
  }
}

async function ask(q: string, signal: AbortSignal): Promise<Outcome> {
  try {
    const response = await fetch(`/api/palette?q=${encodeURIComponent(q)}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    })
    if (response.ok) return { answer: (await response.json()) as PaletteAnswer }
    if (response.status === 401) {
      return { error: { message: 'The session has ended.', signIn: true } }
    }
    const body = response.status === 400 ? ((await response.json()) as { error?: string }) : {}
    return failure(body.error ?? 'Waggle could not search just now.')
  } catch {
    return failure('Waggle did not answer.')
  }
}

function failure(message: string): Outcome {
  return { error: { message, signIn: false } }
}
