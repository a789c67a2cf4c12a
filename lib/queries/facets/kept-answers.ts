import { keptAnswer } from '../kept-answer'

const MAX_KEPT = 200

/**
 * Keeps the answers of many questions, each as `keptAnswer` does; the one that was asked the longest ago
 * goes first.
 *
 * @param maxKeptMs The longest that an answer is kept.
 */
export function keptAnswers<Answer>(
  maxKeptMs: number,
): (question: string, ask: () => Promise<Answer>) => Promise<Answer> {
  const kept = new Map<string, () => Promise<Answer>>()
  return (question, ask) => {
    const answer = kept.get(question) ?? keptAnswer(ask, { maxKeptMs })
    kept.delete(question)
    kept.set(question, answer)
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT) break
      kept.delete(oldest)
    }
    return answer()
  }
}
