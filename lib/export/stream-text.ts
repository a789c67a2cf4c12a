const CHUNK_CHARACTERS = 64 * 1024
const IDLE_MS = 60_000

type Options = {
  /** Ends the stream from outside. */
  signal?: AbortSignal
  /** Called once, however the stream ends. */
  onEnd?: () => Promise<void> | void
  /** How long a reader may leave what is ready before the stream is given up, in milliseconds. */
  idleMs?: number
}

/**
 * Texts as a stream of UTF-8 that is written only as fast as it is read: nothing is taken from `texts`
 * before the reader wants it. When the reader goes away or falls asleep, `texts` is ended; when `texts`
 * fails, the stream fails, so that nobody takes what was sent for the whole.
 */
export function streamText(
  texts: AsyncGenerator<string, void, undefined>,
  { signal, onEnd, idleMs = IDLE_MS }: Options = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let ended = false
  let idle: ReturnType<typeof setTimeout> | undefined
  let giveUp = (_reason: unknown) => {}
  const onAbort = () => giveUp(signal?.reason)

  async function end(): Promise<void> {
    clearTimeout(idle)
    signal?.removeEventListener('abort', onAbort)
    if (ended) return
    ended = true
    try {
      await texts.return()
    } finally {
      await onEnd?.()
    }
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      giveUp = (reason) => {
        if (ended) return
        controller.error(reason)
        void end()
      }
      if (signal?.aborted) onAbort()
      else signal?.addEventListener('abort', onAbort, { once: true })
    },
    async pull(controller) {
      clearTimeout(idle)
      try {
        const { text, done } = await nextChunk(texts)
        if (ended) return
        if (text) controller.enqueue(encoder.encode(text))
        if (done) {
          await end()
          controller.close()
        } else {
          idle = setTimeout(() => giveUp(new Error('nobody read on')), idleMs)
        }
      } catch (error) {
        await end()
        throw error
      }
    },
    cancel: end,
  })
}

async function nextChunk(texts: AsyncGenerator<string, void, undefined>) {
  let text = ''
  while (text.length < CHUNK_CHARACTERS) {
    const next = await texts.next()
    if (next.done) return { text, done: true }
    text += next.value
  }
  return { text, done: false }
}
