/** What came of something that was asked for; `href` is where to go then. */
export type ActionResult = { ok: boolean; message: string; href?: string }
