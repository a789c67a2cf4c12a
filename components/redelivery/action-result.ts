/** What came of something that was asked for; `href` is where to go then. */
export type ActionResult = { ok: boolean; message: string; href?: string }

/** What a destination answered to a test event; no `answer` when none was sent. */
export type TestResult = ActionResult & {
  answer?: { response: string | null; responseCut: boolean; durationMs: number }
}
