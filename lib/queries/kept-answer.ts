const TIMES_ITS_COST = 100
const MAX_KEPT_MS = 60_000

/**
 * Keeps the answer of a question that many ask again and again, for a hundred times as long as finding it
 * took, a minute at most: what is cheap stays fresh, what is dear is asked rarely. Who asks meanwhile waits
 * for the same answer; a failure is not kept.
 *
 * @param ask Must give everybody the same answer.
 * @param now Milliseconds on a clock that never goes back.
 */
export function keptAnswer<Answer>(
  ask: () => Promise<Answer>,
  now: () => number = () => performance.now(),
): () => Promise<Answer> {
  let kept: { answer: Promise<Answer>; until: number } | undefined
  return () => {
    if (kept && now() < kept.until) return kept.answer
    const askedAt = now()
    const asked = { answer: ask(), until: Infinity }
    kept = asked
    asked.answer.then(
      () => (asked.until = now() + Math.min(MAX_KEPT_MS, TIMES_ITS_COST * (now() - askedAt))),
      () => (asked.until = 0),
    )
    return asked.answer
  }
}
