const TIMES_ITS_COST = 100
const MINUTE_MS = 60_000

type KeptOptions = { maxKeptMs?: number; now?: () => number }

/**
 * Keeps the answer of a question that many ask again and again, for a hundred times as long as finding it
 * took, a minute at most unless said otherwise: what is cheap stays fresh, what is dear is asked rarely. Who asks meanwhile waits
 * for the same answer; a failure is not kept.
 *
 * @param ask Must give everybody the same answer.
 * @param options.maxKeptMs The longest that an answer is kept.
 * @param options.now Milliseconds on a clock that never goes back.
 */
export function keptAnswer<Answer>(
  ask: () => Promise<Answer>,
  { maxKeptMs = MINUTE_MS, now = () => performance.now() }: KeptOptions = {},
): () => Promise<Answer> {
  let kept: { answer: Promise<Answer>; until: number } | undefined
  return () => {
    if (kept && now() < kept.until) return kept.answer
    const askedAt = now()
    const asked = { answer: ask(), until: Infinity }
    kept = asked
    asked.answer.then(
      () => (asked.until = now() + Math.min(maxKeptMs, TIMES_ITS_COST * (now() - askedAt))),
      () => (asked.until = 0),
    )
    return asked.answer
  }
}
