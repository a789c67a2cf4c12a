import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { encodeCursor, PAGE_SIZE, type PagePosition } from '@/lib/pagination'
import { readRoomMessages, type RoomMessage } from './room-message'
import { decodeTimeCursor, timeCursor } from './time-cursor'

/**
 * What to show of a room: a page, the surroundings of a message or of the first one from a moment on, or
 * (none of them) the newest page.
 */
export type RoomPosition = PagePosition & { message?: string; moment?: Date }

/**
 * Messages in time order. `olderCursor` and `newerCursor` are null where the room ends. `target` says
 * whether the message that was asked for is among them; `elsewhere` is the room that has it instead.
 * `anchor` is the message whose surroundings they are.
 */
export type RoomMessages = {
  messages: RoomMessage[]
  olderCursor: string | null
  newerCursor: string | null
  target: 'none' | 'found' | 'missing'
  elsewhere: string | null
  anchor: string | null
}

// More than a window on a room ever shows at once.
const MAX_RANGE = 300

type Key = { uuid: string; created_at: Date }

/**
 * A page of a room's messages by keyset on (created_at, uuid), both ways. Costs the same at any place of a
 * room of any size: each call walks at most a page of the index on either side.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of such a list.
 */
export async function listRoomMessages(
  room: { companyUuid: string; uuid: string },
  position: RoomPosition,
  pageSize: number = PAGE_SIZE,
): Promise<RoomMessages> {
  await requireUser()
  if (position.message !== undefined) return around(room, position.message, pageSize)
  if (position.moment !== undefined) return from(room, position.moment, pageSize)
  if (position.after !== undefined) {
    const found = await keysBeside(room, 'newer', decodeKey(position.after), pageSize + 1)
    return read(room, found.slice(0, pageSize), true, found.length > pageSize)
  }
  const cursor = position.before === undefined ? null : decodeKey(position.before)
  const found = await keysBeside(room, 'older', cursor, pageSize + 1)
  const keys = found.slice(0, pageSize).reverse()
  return read(room, keys, found.length > pageSize, cursor !== null)
}

async function around(room: Room, message: string, pageSize: number): Promise<RoomMessages> {
  const target = await db().message.findUnique({
    where: { companyUuid_uuid: { companyUuid: room.companyUuid, uuid: message } },
    select: { uuid: true, createdAt: true, roomUuid: true },
  })
  if (target?.roomUuid !== room.uuid) {
    const newest = await listRoomMessages(room, {}, pageSize)
    return { ...newest, target: 'missing', elsewhere: target?.roomUuid ?? null }
  }
  const page = await besides(room, { uuid: target.uuid, created_at: target.createdAt }, pageSize)
  return { ...page, target: 'found' }
}

// Every uuid comes after "": the moment's own first message as well.
async function from(room: Room, moment: Date, pageSize: number): Promise<RoomMessages> {
  const [first] = await keysBeside(room, 'newer', { uuid: '', created_at: moment }, 1)
  return first ? besides(room, first, pageSize) : listRoomMessages(room, {}, pageSize)
}

async function besides(room: Room, key: Key, pageSize: number): Promise<RoomMessages> {
  const half = Math.max(1, Math.floor(pageSize / 2))
  const [older, newer] = await Promise.all([
    keysBeside(room, 'older', key, half + 1),
    keysBeside(room, 'newer', key, half + 1),
  ])
  const keys = [...older.slice(0, half).reverse(), key, ...newer.slice(0, half)]
  const page = await read(room, keys, older.length > half, newer.length > half)
  return { ...page, anchor: key.uuid }
}

/**
 * The messages from one place of a room to another, both inclusive, at most 300: what a page shows already,
 * as it is now. A side that is left open is the room's end.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when a place is not one of such a list.
 */
export async function listRoomRange(
  room: { companyUuid: string; uuid: string },
  range: { from?: string; to?: string },
): Promise<RoomMessages> {
  await requireUser()
  const bounds = [Prisma.sql`true`]
  if (range.from !== undefined) {
    const key = decodeKey(range.from)
    bounds.push(Prisma.sql`(m.created_at, m.uuid) >= (${key.created_at}, ${key.uuid})`)
  }
  if (range.to !== undefined) {
    const key = decodeKey(range.to)
    bounds.push(Prisma.sql`(m.created_at, m.uuid) <= (${key.created_at}, ${key.uuid})`)
  }
  const found = await db().$queryRaw<Key[]>`
    SELECT m.uuid, m.created_at FROM message m
    WHERE m.company_uuid = ${room.companyUuid} AND m.room_uuid = ${room.uuid}
      AND ${Prisma.join(bounds, ' AND ')}
    ORDER BY m.created_at, m.uuid LIMIT ${MAX_RANGE + 1}`
  const keys = found.slice(0, MAX_RANGE)
  const goesOn = found.length > MAX_RANGE || range.to !== undefined
  return read(room, keys, range.from !== undefined, goesOn)
}

type Room = { companyUuid: string; uuid: string }

/** Keys next to one, the nearest first; from the newest message on when there is none. */
function keysBeside(room: Room, side: 'older' | 'newer', key: Key | null, limit: number) {
  const beyond =
    key === null
      ? Prisma.sql`true`
      : side === 'older'
        ? Prisma.sql`(m.created_at, m.uuid) < (${key.created_at}, ${key.uuid})`
        : Prisma.sql`(m.created_at, m.uuid) > (${key.created_at}, ${key.uuid})`
  const order =
    side === 'older' ? Prisma.sql`m.created_at DESC, m.uuid DESC` : Prisma.sql`m.created_at, m.uuid`
  return db().$queryRaw<Key[]>`
    SELECT m.uuid, m.created_at FROM message m
    WHERE m.company_uuid = ${room.companyUuid} AND m.room_uuid = ${room.uuid} AND ${beyond}
    ORDER BY ${order} LIMIT ${limit}`
}

async function read(
  room: Room,
  keys: Key[],
  hasOlder: boolean,
  hasNewer: boolean,
): Promise<RoomMessages> {
  const messages = await readRoomMessages(
    room.companyUuid,
    keys.map((key) => key.uuid),
  )
  return {
    messages,
    olderCursor: hasOlder ? cursorOf(keys[0]) : null,
    newerCursor: hasNewer ? cursorOf(keys.at(-1)) : null,
    target: 'none',
    elsewhere: null,
    anchor: null,
  }
}

function cursorOf(key: Key | undefined): string | null {
  return key ? encodeCursor(timeCursor(key.created_at, key.uuid)) : null
}

function decodeKey(cursor: string): Key {
  const { time, texts } = decodeTimeCursor(cursor, 1)
  const [uuid] = texts
  if (uuid === undefined) throw new InvalidAddressError('The page in this address does not exist.')
  return { uuid, created_at: time }
}
