import { Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { parseIsoTime } from '@/lib/schemas/iso-time'
import { readParam, type SearchParams } from './read-search-params'
import { partnershipNameCondition, searchCondition } from './search-condition'

const DAY_MS = 86_400_000

/**
 * What an address asks of the list of rooms. `q` is a part of the partnership's name; `author` an id, or a
 * part of the name or e-mail address, of somebody who wrote there; `from` and `to` are the first and the
 * last UTC day of the last activity.
 */
export type RoomFilters = {
  q?: string
  partnership?: { companyUuid: string; uuid: string }
  author?: string
  type?: string
  files?: 'yes' | 'no'
  from?: Date
  to?: Date
}

/**
 * The filters of the list of rooms. A partnership is named by its company and its uuid, like everywhere.
 *
 * @throws InvalidAddressError when only one of the two is given, and for what no filter can be.
 */
export function readRoomFilters(params: SearchParams): RoomFilters {
  const q = readParam(params, 'q')?.trim()
  const uuid = readParam(params, 'partnership')
  const companyUuid = readParam(params, 'company')
  if ((uuid === undefined) !== (companyUuid === undefined)) {
    throw new InvalidAddressError(
      'To show the rooms of one partnership the address needs both "partnership" and "company".',
    )
  }
  const author = readParam(params, 'author')?.trim()
  const type = readParam(params, 'type')
  const files = readParam(params, 'files')
  if (files !== undefined && files !== 'yes' && files !== 'no') {
    throw new InvalidAddressError('“files” can be yes or no; nothing else.')
  }
  const from = readDay(params, 'from')
  const to = readDay(params, 'to')
  if (from && to && from > to) {
    throw new InvalidAddressError('The first day in this address is after the last one.')
  }
  return {
    ...(q && { q }),
    ...(uuid !== undefined && companyUuid !== undefined && { partnership: { companyUuid, uuid } }),
    ...(author && { author }),
    ...(type !== undefined && { type }),
    ...(files !== undefined && { files }),
    ...(from && { from }),
    ...(to && { to }),
  }
}

/**
 * A UTC day in an address, "2026-11-22", as its first moment; undefined when there is none.
 *
 * @throws InvalidAddressError when no calendar has it.
 */
export function readDay(params: SearchParams, name: string): Date | undefined {
  const text = readParam(params, name)
  if (text === undefined) return undefined
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseIsoTime(text) : null
  if (ms === null) throw new InvalidAddressError(`“${name}” must be a day such as 2026-11-22.`)
  return new Date(ms)
}

/**
 * The filters as SQL on the columns of `room`; null for all rooms.
 *
 * @throws InvalidAddressError when the search is longer than anybody types.
 */
export function roomCondition(filters: RoomFilters): Prisma.Sql | null {
  const { q, partnership, author, type, files, from, to } = filters
  const conditions: Prisma.Sql[] = []
  if (partnership) {
    const { companyUuid, uuid } = partnership
    conditions.push(Prisma.sql`company_uuid = ${companyUuid} AND partnership_uuid = ${uuid}`)
  }
  const search = partnershipNameCondition(q)
  if (search) {
    conditions.push(Prisma.sql`(company_uuid, partnership_uuid) IN (
      SELECT company_uuid, uuid FROM partnership WHERE ${search})`)
  }
  if (author) conditions.push(writtenInBy(author))
  if (type !== undefined) conditions.push(Prisma.sql`partner_type = ${type}`)
  if (files === 'yes') conditions.push(Prisma.sql`attachment_count > 0`)
  if (files === 'no') conditions.push(Prisma.sql`attachment_count = 0`)
  if (from) conditions.push(Prisma.sql`sort_at >= ${from}`)
  if (to) conditions.push(Prisma.sql`sort_at < ${new Date(to.getTime() + DAY_MS)}`)
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : null
}

function writtenInBy(author: string): Prisma.Sql {
  const search = searchCondition(author) ?? Prisma.sql`false`
  return Prisma.sql`(company_uuid, uuid) IN (
    SELECT m.company_uuid, m.room_uuid FROM author a
    JOIN message m ON m.company_uuid = a.company_uuid AND m.author_uuid = a.uuid
    WHERE a.uuid = ${author}
      OR (a.company_uuid, a.uuid) IN (SELECT company_uuid, uuid FROM author WHERE ${search}))`
}
