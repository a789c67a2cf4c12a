import { Prisma, type Transaction } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { quoteLexeme } from '@/lib/message-words'
import type { MessageQuery, SearchTerm } from './message-query'
import { partnershipNameCondition, searchCondition } from './search-condition'

const MAX_NAMED = 100
const MAX_ROOMS = 500

/** What must hold for a message `m`. */
export type MessageCondition = {
  /** A tsquery; null when the search has nothing but days. */
  text: string | null
  /** SQL for its days, and that it was not deleted: what the index of the newest messages can answer. */
  days: Prisma.Sql
  /** SQL for what the full-text index finds a little too much of. */
  keys: Prisma.Sql
}

type Key = { company_uuid: string; uuid: string }

/**
 * Turns a search into conditions, looking up whom `from:` and `in:` name: an author by a part of the name
 * or the e-mail address, a partnership by a part of its name, and both and a room by their id.
 *
 * @returns Null when nobody and nothing has such a name, so that no message can match.
 * @throws InvalidAddressError when a name fits too many.
 */
export async function messageCondition(
  tx: Transaction,
  query: MessageQuery,
): Promise<MessageCondition | null> {
  const authors = await named(query.from, (name) => authorsOf(tx, name))
  const places = await named(query.in, (name) => placesOf(tx, name))
  if (authors?.length === 0 || places?.length === 0) return null
  const parts = [
    ...query.terms.map(termText),
    ...(authors ? [anyOf(authors)] : []),
    ...(places ? [anyOf(places)] : []),
    ...(query.hasFile ? [quoteLexeme('has:file')] : []),
  ]
  return {
    text: parts.length > 0 ? parts.join(' & ') : null,
    days: Prisma.join(dayConditions(query), ' AND '),
    keys: Prisma.join([Prisma.sql`TRUE`, ...ofCompanies(authors), ...ofCompanies(places)], ' AND '),
  }
}

type Kind = 'author' | 'partnership' | 'room'
type Named = Key & { kind: Kind }

async function named(
  names: string[],
  find: (name: string) => Promise<Named[]>,
): Promise<Named[] | null> {
  if (names.length === 0) return null
  const all: Named[] = []
  for (const name of names) all.push(...(await find(name)))
  return all
}

async function authorsOf(tx: Transaction, name: string): Promise<Named[]> {
  const search = searchCondition(name) ?? Prisma.sql`false`
  const found = await tx.$queryRaw<Key[]>`
    SELECT company_uuid, uuid FROM author WHERE ${search}
    UNION SELECT company_uuid, uuid FROM author WHERE uuid = ${name}
    LIMIT ${MAX_NAMED + 1}`
  if (found.length > MAX_NAMED) throw tooMany('from', name, `${MAX_NAMED} people`)
  return ofKind('author', found)
}

async function placesOf(tx: Transaction, name: string): Promise<Named[]> {
  const search = partnershipNameCondition(name) ?? Prisma.sql`false`
  const partnerships = await tx.$queryRaw<Key[]>`
    SELECT company_uuid, uuid FROM partnership WHERE ${search}
    UNION SELECT company_uuid, uuid FROM partnership WHERE uuid = ${name}
    LIMIT ${MAX_NAMED + 1}`
  if (partnerships.length > MAX_NAMED) throw tooMany('in', name, `${MAX_NAMED} partnerships`)
  // A message need not name the partnership that its room is known to belong to.
  const rooms = await tx.$queryRaw<Key[]>`
    SELECT r.company_uuid, r.uuid FROM room r
    JOIN json_to_recordset(${JSON.stringify(partnerships)}::json) AS p(company_uuid text, uuid text)
      ON r.company_uuid = p.company_uuid AND r.partnership_uuid = p.uuid
    UNION SELECT company_uuid, uuid FROM room WHERE uuid = ${name}
    LIMIT ${MAX_ROOMS + 1}`
  if (rooms.length > MAX_ROOMS) throw tooMany('in', name, `${MAX_ROOMS} rooms`)
  return [...ofKind('partnership', partnerships), ...ofKind('room', rooms)]
}

function ofKind(kind: Kind, keys: Key[]): Named[] {
  return keys.map((key) => ({ kind, ...key }))
}

function tooMany(filter: string, name: string, what: string): InvalidAddressError {
  return new InvalidAddressError(
    `“${filter}:${name}” fits more than ${what}: write more of the name.`,
  )
}

function anyOf(all: Named[]): string {
  const lexemes = new Set(all.map(({ kind, uuid }) => quoteLexeme(`${kind}:${uuid}`)))
  return `(${[...lexemes].join(' | ')})`
}

function termText({ words, prefix, excluded }: SearchTerm): string {
  const last = words.length - 1
  const quoted = words.map((word, i) => quoteLexeme(word) + (prefix && i === last ? ':*' : ''))
  return `${excluded ? '!' : ''}(${quoted.join(' <-> ')})`
}

function dayConditions({ after, before }: MessageQuery): Prisma.Sql[] {
  return [
    Prisma.sql`m.deleted_at IS NULL`,
    ...(after ? [Prisma.sql`m.created_at >= ${after}`] : []),
    ...(before ? [Prisma.sql`m.created_at < ${before}`] : []),
  ]
}

// Two customers may use one id: its lexeme alone does not say whose it is.
function ofCompanies(all: Named[] | null): Prisma.Sql[] {
  if (!all) return []
  const kinds = [...new Set(all.map(({ kind }) => kind))]
  const conditions = kinds.map((kind) => {
    const keys = all.filter((each) => each.kind === kind)
    return Prisma.sql`(m.company_uuid, m.${Prisma.raw(`${kind}_uuid`)}) IN (
      SELECT company_uuid, uuid
      FROM json_to_recordset(${JSON.stringify(keys)}::json) AS x(company_uuid text, uuid text))`
  })
  return [Prisma.sql`(${Prisma.join(conditions, ' OR ')})`]
}
