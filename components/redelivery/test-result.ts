import type { ActionResult } from '@/components/ui/action-result'

/** What a destination answered to a test event; no `answer` when none was sent. */
export type TestResult = ActionResult & {
  answer?: { response: string | null; responseCut: boolean; durationMs: number }
}
