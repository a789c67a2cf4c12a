import { once, EventEmitter } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { postEvent, signToken } from './webhook'

const ROOMS = 5
const CONNECTIONS = 12
const PAUSE_AFTER_FAILURE_MS = 20

/** What became of one event that was sent. */
export type Sent = {
  /** Which partnership or message it was about; no two events are about the same. */
  uuid: string
  status: number
  /** The event's id in the log, when it was acknowledged. */
  id: string | undefined
  retryAfter: string | null
  tookMs: number
}

/**
 * Sends partnerships and messages without a pause over several connections until it is stopped, each with
 * a token and a body of its own, and keeps what it was told.
 */
export class Load {
  readonly sent: Sent[] = []
  /** Attempts that got no answer at all: the connection was refused or cut. */
  unanswered = 0
  private readonly news = new EventEmitter()
  private stopped = false
  private count = 0
  private readonly connections: Promise<void>[]

  constructor(
    private readonly webhookUrls: string[],
    private readonly secret: string,
    private readonly name: string,
  ) {
    this.connections = Array.from({ length: CONNECTIONS }, (_, index) => this.run(index))
  }

  get acknowledged(): Sent[] {
    return this.sent.filter(({ status }) => status === 200)
  }

  /** Resolves when this holds; asked after each answer. */
  async until(holds: (load: Load) => boolean): Promise<void> {
    while (!holds(this)) await once(this.news, 'answer')
  }

  /** Resolves when every request has been answered or has failed. */
  async stop(): Promise<void> {
    this.stopped = true
    await Promise.all(this.connections)
  }

  private async run(connection: number): Promise<void> {
    while (!this.stopped) {
      const url = this.webhookUrls[connection % this.webhookUrls.length]!
      try {
        this.sent.push(await this.sendOne(url, this.count++))
      } catch {
        this.unanswered++
        await delay(PAUSE_AFTER_FAILURE_MS)
      }
      this.news.emit('answer')
    }
  }

  private async sendOne(url: string, number: number): Promise<Sent> {
    const isMessage = number % 2 === 1
    const uuid = `${isMessage ? 'message' : 'partnership'}_${this.name}_${number}`
    const body = isMessage ? this.message(uuid, number) : this.partnership(uuid)
    const claims = { event_id: isMessage ? 'message_created' : 'partner_created', number }
    const token = await signToken({ secret: this.secret, claims })
    const startedAt = performance.now()
    const response = await postEvent(url, token, body)
    const answer = (await response.json()) as { id?: string }
    return {
      uuid,
      status: response.status,
      id: answer.id,
      retryAfter: response.headers.get('retry-after'),
      tookMs: performance.now() - startedAt,
    }
  }

  private partnership(uuid: string) {
    return { partnership: { uuid, company_name: `Company of ${uuid}` }, configuration: [] }
  }

  private message(uuid: string, number: number) {
    return {
      message: {
        uuid,
        created_at: 1_790_000_000_000 + number,
        updated_at: 1_790_000_000_000 + number,
        content: `Content of ${uuid}`,
        room_uuid: `room_${this.name}_${number % ROOMS}`,
        created_by_user_uuid: 'user_of_the_load',
        attachments: [],
      },
      configuration: [],
    }
  }
}
