import type { OpenedAddress } from '@/lib/fetching/open-address'
import { storableText } from '@/lib/schemas/storable'
import { redactAnswer, type Unspeakable } from './redact-answer'

/** How much of an answer's body is kept, in bytes. */
export const KEPT_BYTES = 4_096

const PATIENCE_MS = 5_000

/**
 * The beginning of an answer's body as text that Postgres can store, without what must not be kept of it. The status
 * has said what there is to say: a body that is slow, broken or without end costs no more than five seconds and little
 * more than 4 KB. Closes the answer.
 */
export async function readAnswerStart(
  opened: OpenedAddress,
  secrets: Unspeakable,
): Promise<{ text: string; cut: boolean }> {
  const wanted = KEPT_BYTES + secrets.longest
  const chunks: Buffer[] = []
  let bytes = 0
  const timer = setTimeout(opened.close, PATIENCE_MS)
  try {
    for await (const chunk of opened.body) {
      chunks.push(chunk.subarray(0, wanted - bytes))
      bytes += chunks.at(-1)!.length
      if (bytes >= wanted) break
    }
  } catch {
    // Whatever came until then is kept.
  } finally {
    clearTimeout(timer)
    opened.close()
  }
  const kept = redactAnswer(Buffer.concat(chunks), secrets, KEPT_BYTES)
  // A character that the cut has halved is left out.
  const text = new TextDecoder().decode(kept, { stream: true })
  return { text: storableText(text), cut: bytes > KEPT_BYTES }
}
