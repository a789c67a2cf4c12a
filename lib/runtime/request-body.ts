import type { IncomingMessage } from 'node:http'
import type { DeliveryBody } from '@/lib/receiver/read-body'

type Read = Awaited<ReturnType<ReturnType<DeliveryBody['getReader']>['read']>>
type Waiting = { resolve: (read: Read) => void; reject: (error: Error) => void }

/**
 * A request's body as the receiver reads it, straight from Node's stream: a web stream around that costs
 * more than everything else between the socket and the route. Nothing is taken off the socket before it
 * is asked for. What is cancelled is thrown away as it comes, so that the connection can go on.
 */
export class RequestBody implements DeliveryBody {
  private readonly chunks: Uint8Array[] = []
  private waiting: Waiting | null = null
  private isListening = false
  private isDone = false
  private error: Error | null = null

  constructor(private readonly request: IncomingMessage) {}

  getReader() {
    return this
  }

  /** The next chunk as it came. Rejects when the connection breaks before the end of the body. */
  read(): Promise<Read> {
    if (!this.isListening) this.listen()
    const value = this.chunks.shift()
    if (value) return Promise.resolve({ done: false, value })
    if (this.error) return Promise.reject(this.error)
    if (this.isDone) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      this.request.resume()
    })
  }

  /** Ends the read that is waiting, and every later one, as the end of the body would. */
  cancel(): Promise<void> {
    this.chunks.length = 0
    this.end()
    if (this.isListening) {
      // Thrown away, as Node does with a body that was never begun: what follows on the connection is the
      // next request. The server's time limit for a request bounds it.
      this.request.off('data', this.take)
      this.request.resume()
    }
    return Promise.resolve()
  }

  private listen(): void {
    this.isListening = true
    if (this.request.destroyed) this.fail()
    this.request.on('data', this.take)
    this.request.once('end', this.end)
    this.request.once('error', this.fail)
    // Also without an error; after the end it changes nothing.
    this.request.once('close', this.fail)
  }

  private readonly take = (chunk: Buffer): void => {
    if (this.waiting) this.settle((waiting) => waiting.resolve({ done: false, value: chunk }))
    else {
      this.chunks.push(chunk)
      this.request.pause()
    }
  }

  private readonly end = (): void => {
    this.isDone = true
    this.settle((waiting) => waiting.resolve({ done: true, value: undefined }))
  }

  private readonly fail = (): void => {
    if (this.isDone) return
    const error = (this.error ??= new Error('The connection broke before the end of the body.'))
    this.settle((waiting) => waiting.reject(error))
  }

  private settle(how: (waiting: Waiting) => void): void {
    const { waiting } = this
    this.waiting = null
    if (waiting) how(waiting)
  }
}
