import type { IncomingMessage } from 'node:http'
import type { BodyReader, BodySource } from './read-body'

type Read = Awaited<ReturnType<BodyReader['read']>>
type Waiting = { resolve: (read: Read) => void; reject: (error: Error) => void }

/**
 * The body of a request as Node's server gives it. `Readable.toWeb` would do the same for more than the
 * rest of receiving costs.
 */
export class NodeRequestBody implements BodySource, BodyReader {
  private chunks: Buffer[] = []
  private waiting: Waiting | null = null
  private ended = false
  private failure: Error | null = null

  constructor(private readonly request: IncomingMessage) {}

  getReader(): BodyReader {
    this.request.on('data', this.take)
    this.request.on('end', this.end)
    this.request.on('error', this.fail)
    this.request.on('close', this.close)
    return this
  }

  read(): Promise<Read> {
    const value = this.chunks.shift()
    if (value) return Promise.resolve({ done: false, value })
    if (this.failure) return Promise.reject(this.failure)
    if (this.ended) return Promise.resolve({ done: true })
    return new Promise((resolve, reject) => (this.waiting = { resolve, reject }))
  }

  async cancel(): Promise<void> {
    this.request.off('data', this.take)
    this.chunks = []
    this.end()
    // Read and thrown away: a request that stays unread blocks its connection.
    this.request.resume()
  }

  private readonly take = (chunk: Buffer) => {
    if (!this.waiting) this.chunks.push(chunk)
    else this.answer((waiting) => waiting.resolve({ done: false, value: chunk }))
  }

  private readonly end = () => {
    this.ended = true
    this.answer((waiting) => waiting.resolve({ done: true }))
  }

  private readonly fail = (error: Error) => {
    this.failure ??= error
    this.answer((waiting) => waiting.reject(error))
  }

  private readonly close = () => {
    if (!this.ended) this.fail(new Error('The connection closed within the body.'))
  }

  private answer(how: (waiting: Waiting) => void): void {
    const { waiting } = this
    this.waiting = null
    if (waiting) how(waiting)
  }
}
