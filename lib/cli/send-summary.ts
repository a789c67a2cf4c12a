import type { Delivery, ExpectedOutcome } from '@/lib/samples/delivery'
import type { Answer } from './post-delivery'

export type Outcome = ExpectedOutcome | 'error'

/** Every outcome, in the order in which the summary lists them. */
export const OUTCOMES: readonly Outcome[] = [
  'accepted',
  'duplicate',
  'invalid',
  'unsupported',
  'refused',
  'error',
]

/** What became of a run, as it grows. */
export type SendSummary = {
  sent: number
  retries: number
  counts: Record<Outcome, number>
  expected: Record<Outcome, number>
  /** Sentences on deliveries that did not end as expected; at most MAX_TOLD of `deviating`. */
  deviations: string[]
  deviating: number
  /** Deliveries that a broken connection may have doubled. */
  maybeDoubled: number
}

const MAX_TOLD = 20
const STORED: Record<string, Outcome> = {
  pending: 'accepted',
  applied: 'accepted',
  failed: 'accepted',
  duplicate: 'duplicate',
  invalid: 'invalid',
  unsupported: 'unsupported',
}

/** A summary of nothing yet. */
export function emptySummary(): SendSummary {
  const zero = () =>
    Object.fromEntries(OUTCOMES.map((name) => [name, 0])) as Record<Outcome, number>
  return {
    sent: 0,
    retries: 0,
    counts: zero(),
    expected: zero(),
    deviations: [],
    deviating: 0,
    maybeDoubled: 0,
  }
}

/** What the receiver made of a delivery, from its answer (design, section 4: the outcome table). */
export function outcomeOf({ status, body }: Answer): Outcome {
  if (status === null || status >= 500) return 'error'
  if (status !== 200) return 'refused'
  try {
    const answer = JSON.parse(body) as { status?: string }
    return STORED[answer.status ?? ''] ?? 'error'
  } catch {
    return 'error'
  }
}

/** Adds one answer to the summary and holds it against what the delivery expects. */
export function recordAnswer(summary: SendSummary, delivery: Delivery, answer: Answer): void {
  const outcome = outcomeOf(answer)
  const { expected } = delivery
  summary.sent++
  summary.retries += answer.retries
  summary.counts[outcome]++
  summary.expected[expected.outcome]++
  if (answer.maybeStoredBefore) summary.maybeDoubled++
  const statusFits = outcome === 'error' || answer.status === expected.status
  if (statusFits && isSame(outcome, expected.outcome)) return
  summary.deviating++
  if (summary.deviations.length >= MAX_TOLD) return
  const what = delivery.label ? `${delivery.eventType}, ${delivery.label}` : delivery.eventType
  const got = answer.error ?? `${outcome} (${answer.status})`
  summary.deviations.push(`${what}: expected ${expected.outcome} (${expected.status}), got ${got}`)
}

// A delivery and its repetition may be under way together: which of them is the duplicate is then
// open, and only their number counts (see isAsExpected).
function isSame(outcome: Outcome, expected: Outcome): boolean {
  const stored = (name: Outcome) => (name === 'duplicate' ? 'accepted' : name)
  return stored(outcome) === stored(expected)
}

/** Whether nothing deviated and the duplicates were as many as were sent. */
export function isAsExpected(summary: SendSummary): boolean {
  return summary.deviating === 0 && surplusOfDuplicates(summary) === 0
}

function surplusOfDuplicates({ counts, expected, maybeDoubled }: SendSummary): number {
  const surplus = counts.duplicate - expected.duplicate
  return surplus > 0 ? Math.max(0, surplus - maybeDoubled) : surplus
}

/** The summary for people: a table by outcome, the speed, and what was not as expected. */
export function describeSummary(summary: SendSummary, seconds: number): string {
  const number = (value: number) => value.toLocaleString('en-US')
  const speed = seconds > 0 ? summary.sent / seconds : 0
  const lines = [
    `Sent ${number(summary.sent)} deliveries in ${seconds.toFixed(1)} s ` +
      `(${number(Math.round(speed))} events/s)` +
      (summary.retries > 0 ? `, ${number(summary.retries)} of them again after a pause.` : '.'),
    '',
    ...OUTCOMES.map(
      (name) => `  ${labelOf(name).padEnd(12)}${number(summary.counts[name]).padStart(10)}`,
    ),
    '',
  ]
  const surplus = surplusOfDuplicates(summary)
  if (surplus !== 0) {
    lines.push(
      `Expected ${number(summary.expected.duplicate)} duplicates, got ${number(summary.counts.duplicate)}.`,
    )
  }
  if (summary.deviating > 0) {
    lines.push(`${number(summary.deviating)} did not end as expected:`)
    lines.push(...summary.deviations.map((sentence) => `  ${sentence}`))
    const more = summary.deviating - summary.deviations.length
    if (more > 0) lines.push(`  and ${number(more)} more`)
  }
  if (isAsExpected(summary)) lines.push('Everything was as expected.')
  return lines.join('\n')
}

function labelOf(outcome: Outcome): string {
  return outcome === 'error' ? 'errors' : outcome
}
