import net from 'node:net'

type Waiting = { resolve: (status: number) => void; reject: (error: Error) => void }

const HEAD_END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/**
 * One keep-alive connection that sends a prepared request and reads the answer, and does little else:
 * on two cores, whatever the load costs is missing from the server under test.
 */
export class LoadConnection {
  private received: Buffer = Buffer.alloc(0)
  private waiting: Waiting | null = null

  private constructor(private readonly socket: net.Socket) {
    socket.setNoDelay(true)
    socket.on('data', (data) => this.take(data))
    socket.on('error', (error) => this.fail(error))
    socket.on('close', () => this.fail(new Error('The server closed the connection.')))
  }

  static open(port: number): Promise<LoadConnection> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(new LoadConnection(socket)))
      socket.once('error', reject)
    })
  }

  /** @returns The answer's status. */
  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      this.socket.write(request)
    })
  }

  close(): void {
    this.waiting = null
    this.socket.destroy()
  }

  private fail(error: Error): void {
    this.waiting?.reject(error)
    this.waiting = null
  }

  private take(data: Buffer): void {
    this.received = this.received.length === 0 ? data : Buffer.concat([this.received, data])
    const headEnd = this.received.indexOf(HEAD_END)
    if (headEnd < 0) return
    const head = this.received.toString('latin1', 0, headEnd)
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
    const body = this.received.subarray(headEnd + HEAD_END.length)
    const isWhole = length
      ? body.length >= Number(length)
      : body.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)
    if (!isWhole) return
    this.received = Buffer.alloc(0)
    const { waiting } = this
    this.waiting = null
    waiting?.resolve(Number(head.slice(9, 12)))
  }
}
