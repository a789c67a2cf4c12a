import { hash } from 'node:crypto'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { GET, HEAD } from '@/app/api/live/route'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { appendEvents } from '@/lib/event-log/append-events'
import type { NewEvent } from '@/lib/event-log/new-event'
import { listen } from '@/lib/listen'
import { closeLiveHub } from '@/lib/live/live-hub'
import { openLiveStream } from '@/lib/live/open-live-stream'
import { projectBatch } from '@/lib/projector/project-batch'
import { ROOM_CHANGES_CHANNEL } from '@/lib/room-changes'
import { insertEvents } from '@/tests/support/insert-events'
import { emptyEverything } from '@/tests/support/read-model'
import { messageBody } from '@/tests/support/sample-bodies'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

type Told = { event: string; data: { rooms: string[][] | null } | null }

const opened: EventReader[] = []

/** Reads a stream of server-sent events as a browser does. */
class EventReader {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>
  private text = ''

  constructor(response: Response | null) {
    this.reader = response!.body!.getReader()
    opened.push(this)
  }

  /** The next event; null at the end of the stream. */
  async next(): Promise<Told | null> {
    for (;;) {
      const end = this.text.indexOf('\n\n')
      if (end >= 0) {
        const fields = Object.fromEntries(
          this.text
            .slice(0, end)
            .split('\n')
            .map((line) => line.split(/: (.*)/s)),
        )
        this.text = this.text.slice(end + 2)
        return { event: fields.event!, data: JSON.parse(fields.data!) }
      }
      const { done, value } = await this.reader.read()
      if (done) return null
      this.text += new TextDecoder().decode(value)
    }
  }

  /** Reads on to the event that tells of a room. */
  async until(room: string): Promise<Told | null> {
    for (let told = await this.next(); told; told = await this.next()) {
      if (told.data?.rooms?.some(([, uuid]) => uuid === room)) return told
    }
    return null
  }

  close(): Promise<void> {
    return this.reader.cancel()
  }
}

/** As a browser asks for a stream. */
function request(query = '') {
  return new Request(`http://waggle.test/api/live${query}`)
}

function open(isSignedIn = async () => true, session = 'session', beatMs?: number) {
  return new EventReader(openLiveStream({ session, isSignedIn, beatMs }))
}

/** Whether a stream tells that it was given up, and ends. */
async function isGivenUp(stream: EventReader): Promise<boolean> {
  for (let told = await stream.next(); told; told = await stream.next()) {
    if (told.event === 'given-up') return (await stream.next()) === null
    if (told.data?.rooms?.length) return false
  }
  return false
}

function arrivingEvent(status: NewEvent['status']): NewEvent {
  const body = JSON.stringify({ partnership: { uuid: `partnership_${status}` } })
  return {
    eventType: 'partner_created',
    companyUuid: 'company_1',
    userUuid: 'user_1',
    partnershipUuid: `partnership_${status}`,
    contactUuid: null,
    messageUuid: null,
    roomUuid: null,
    body,
    claims: {},
    tokenHash: hash('sha256', `token of ${status}`, 'buffer'),
    bodyHash: hash('sha256', body, 'buffer'),
    repeatable: true,
    tokenIat: null,
    secretFingerprint: 'test',
    bodySize: body.length,
    receivedAt: new Date(),
    status,
    errorCode: null,
    errorMessage: null,
  }
}

async function receive(room: string, eventType = 'message_created') {
  await insertEvents([
    { eventType, body: messageBody({ uuid: `message_of_${room}`, room_uuid: room }) },
  ])
  await projectBatch()
}

/** A stream that is known to hear: its LISTEN has begun. */
async function openListening() {
  const stream = open()
  expect(await stream.next()).toEqual({ event: 'hello', data: null })
  expect(await stream.next()).toEqual({ event: 'rooms', data: { rooms: null } })
  return stream
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((stream) => stream.close()))
  await emptyEverything()
})

afterAll(closeLiveHub)

test('nobody hears anything without signing in', async () => {
  expect((await GET(request())).status).toBe(401)
  expect((await HEAD()).status).toBe(401)
})

test('a stream is one that nothing on the way may keep, and HEAD opens none', async () => {
  const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
  const response = await actingAs(user, () => GET(request()))
  new EventReader(response)
  expect(response.headers.get('content-type')).toMatch('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
  expect((await actingAs(user, HEAD)).body).toBeNull()
})

test('the commit of a projection tells which room has changed, to everybody who listens', async () => {
  const streams = [await openListening(), open()]
  await receive('room_new')
  for (const stream of streams) {
    const told = await stream.until('room_new')
    expect(told).toEqual({ event: 'rooms', data: { rooms: [['company_1', 'room_new']] } })
  }
})

test('an edit and a deletion are told as well', async () => {
  const stream = await openListening()
  await receive('room_1')
  await stream.until('room_1')
  await receive('room_1', 'message_deleted')
  expect(await stream.until('room_1')).not.toBeNull()
})

test('more rooms than are told one by one count as any', async () => {
  const stream = await openListening()
  await insertEvents(
    Array.from({ length: 150 }, (_, index) => ({
      eventType: 'message_created',
      body: messageBody({ uuid: `message_${index}`, room_uuid: `room_${index}` }),
    })),
  )
  await projectBatch()
  expect(await stream.next()).toEqual({ event: 'rooms', data: { rooms: null } })
})

test('who has lost the connection to the database hears that anything may have changed', async () => {
  const stream = await openListening()
  await db().$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'waggle listener' AND datname = current_database()`
  expect(await stream.next()).toEqual({ event: 'rooms', data: { rooms: null } })
})

test('who stops listening before it has begun is told nothing of it afterwards', async () => {
  const stop = new AbortController()
  const told = vi.fn()
  const listening = listen({
    channels: [ROOM_CHANGES_CHANNEL],
    signal: stop.signal,
    onListening: told,
    onNotification: told,
  })
  stop.abort()
  await listening
  expect(told).not.toHaveBeenCalled()
})

test('a stream ends with its session, and says so, before it tells anything more', async () => {
  let signedIn = true
  const stream = open(async () => signedIn, 'session', 20)
  await stream.next()
  signedIn = false
  for (let told = await stream.next(); told; told = await stream.next()) {
    if (told.event === 'signed-out') break
  }
  expect(await stream.next()).toBeNull()
})

test('a session that can’t be asked for ends the stream as well', async () => {
  const stream = open(() => Promise.reject(new Error('out of reach')), 'session', 20)
  for (let told = await stream.next(); told; told = await stream.next()) {
    expect(told.event).not.toBe('signed-out')
  }
})

test('of too many streams of a sign-in the oldest is given up, and others keep theirs', async () => {
  const modest = await openListening()
  const greedy = Array.from({ length: 21 }, () => open(undefined, 'greedy'))
  expect(await isGivenUp(greedy[0]!)).toBe(true)
  await receive('room_of_many')
  for (const stream of [modest, ...greedy.slice(1)]) {
    expect(await stream.until('room_of_many')).not.toBeNull()
  }
})

test('of too many streams of a process one of the sign-in with the most is given up', async () => {
  const mostOfAll = 3
  const isSignedIn = async () => true
  const modest = await openListening()
  const greedy = [open(undefined, 'greedy'), open(undefined, 'greedy')]
  const late = new EventReader(openLiveStream({ session: 'late', isSignedIn, mostOfAll }))
  expect(await isGivenUp(greedy[0]!)).toBe(true)
  await receive('room_of_all')
  for (const stream of [modest, greedy[1]!, late]) {
    expect(await stream.until('room_of_all')).not.toBeNull()
  }
})

test('of the log of events it is told what comes and what becomes of it, and of rooms nothing', async () => {
  const rooms = await openListening()
  const events = new EventReader(
    openLiveStream({ session: 'session', topic: 'events', isSignedIn: async () => true }),
  )
  expect(await events.next()).toEqual({ event: 'hello', data: null })
  const arrived = [arrivingEvent('pending'), arrivingEvent('unsupported')]
  for (const event of arrived) {
    await appendEvents([event])
    expect(await events.next()).toEqual({ event: 'events', data: null })
  }
  // A duplicate is told of as well: it is in the list.
  await appendEvents(arrived.slice(0, 1))
  expect(await events.next()).toEqual({ event: 'events', data: null })
  await projectBatch()
  expect(await events.next()).toEqual({ event: 'events', data: null })

  await receive('room_beside')
  expect(await rooms.next()).toEqual({
    event: 'rooms',
    data: { rooms: [['company_1', 'room_beside']] },
  })
})

test('a topic that nobody knows is refused', async () => {
  const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
  expect((await actingAs(user, () => GET(request('?topic=weather')))).status).toBe(400)
})

test('a server that stops ends all streams and takes no new ones', async () => {
  const stream = await openListening()
  closeLiveHub()
  expect(await stream.next()).toBeNull()
  expect(openLiveStream({ session: 'session', isSignedIn: async () => true })).toBeNull()
})
