import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { decodeCursor, PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import {
  readUniqueField,
  readUniqueFields,
  uniqueKeys,
  type UniqueField,
  type UniqueFields,
} from './unique-field'
import type { RecordKey } from './record-key'

const GROUPS = 25
const SHOWN_MEMBERS = 10
const NOTICED = 5

/** A partnership in a group of possible duplicates; texts cut to 200 characters. */
export type DuplicateMember = RecordKey & {
  name: string | null
  domain: string | null
  stage: string | null
  tier: string | null
  changedAt: Date
}

/** Partnerships that share a value; `members` holds the first ten of them by id. */
export type DuplicateGroup = { key: string; count: number; members: DuplicateMember[] }

/**
 * Possible duplicates of one company, by its unique field; `page` is null where that can't be compared.
 * `companies` are those to choose among, this one mostly among them.
 */
export type Duplicates = {
  companies: UniqueFields
  field: UniqueField
  page: Page<DuplicateGroup> | null
}

/**
 * A page of the groups of partnerships that share a value in the field that tells partners apart, by value.
 *
 * @param companyUuid Whose; when there is none, of the first company whose field can be compared.
 * @param from From which company on others are offered; without it, and when none comes after it, from the first
 *   one or from this one on, so that it is among them.
 * @returns null when no company has told one.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the company has told none, or the position is not one of this list's.
 */
export async function listDuplicates(
  companyUuid: string | undefined,
  position: PagePosition,
  from?: string,
): Promise<Duplicates | null> {
  await requireUser()
  const chosen = companyUuid === undefined ? null : await requireUniqueField(companyUuid)
  const companies = await companiesFrom(from, chosen)
  const { fields } = companies
  const field = chosen ?? fields.find((known) => uniqueKeys(known) !== null) ?? fields[0]
  if (!field) return null
  const keys = uniqueKeys(field)
  return { companies, field, page: keys && (await groupsPage(field, keys, position)) }
}

async function companiesFrom(from: string | undefined, chosen: UniqueField | null) {
  const wanted = from === undefined ? null : await readUniqueFields(from)
  if (wanted && wanted.fields.length > 0) return wanted
  const companies = await readUniqueFields('')
  if (!chosen) return companies
  const isAmong = companies.fields.some(({ companyUuid }) => companyUuid === chosen.companyUuid)
  return isAmong ? companies : readUniqueFields(chosen.companyUuid)
}

async function requireUniqueField(companyUuid: string): Promise<UniqueField> {
  const field = await readUniqueField(companyUuid)
  if (field) return field
  throw new InvalidAddressError('No event has told how this company tells partners apart.')
}

async function groupsPage(
  { companyUuid }: UniqueField,
  keys: Prisma.Sql,
  position: PagePosition,
): Promise<Page<DuplicateGroup>> {
  const cursor = position.before ?? position.after
  const backwards = position.before !== undefined
  const order = backwards ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const beyond =
    cursor === undefined
      ? Prisma.sql`TRUE`
      : Prisma.sql`s.key ${backwards ? Prisma.sql`<` : Prisma.sql`>`} ${decodeKey(cursor)}`
  const found = await db().$queryRaw<{ key: string; count: number }[]>`
    SELECT s.key, count(*)::int AS count FROM (${keys}) s WHERE ${beyond}
    GROUP BY s.key HAVING count(*) > 1 ORDER BY s.key ${order} LIMIT ${GROUPS + 1}`
  const page = toPage(found, position, ({ key }) => [key], GROUPS)
  const members = await membersOf(
    companyUuid,
    keys,
    page.rows.map(({ key }) => key),
  )
  const rows = page.rows.map((group) => ({
    ...group,
    members: members.filter(({ key }) => key === group.key).map(({ key: _, ...member }) => member),
  }))
  return { ...page, rows }
}

function membersOf(companyUuid: string, keys: Prisma.Sql, wanted: string[]) {
  return db().$queryRaw<(DuplicateMember & { key: string })[]>`
    SELECT w.key, p.company_uuid AS "companyUuid", p.uuid, ${SHOWN_COLUMNS}
    FROM unnest(${wanted}::text[]) WITH ORDINALITY AS w(key, place)
    CROSS JOIN LATERAL (
      SELECT s.uuid FROM (${keys}) s WHERE s.key = w.key ORDER BY s.uuid LIMIT ${SHOWN_MEMBERS}) m
    JOIN partnership p ON p.company_uuid = ${companyUuid} AND p.uuid = m.uuid
    ORDER BY w.place, p.uuid`
}

/** All partnerships of one company that share a value, a page of them by id. */
export type DuplicatesOfKey = { key: string; count: number; page: Page<DuplicateMember> }

/**
 * @param key The value, as `listDuplicates` tells it.
 * @returns null when fewer than two partnerships have it, or the company's field can't be compared.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the company has told none, or the position is not one of this list's.
 */
export async function listDuplicatesOfKey(
  companyUuid: string,
  key: string,
  position: PagePosition,
): Promise<DuplicatesOfKey | null> {
  await requireUser()
  const keys = uniqueKeys(await requireUniqueField(companyUuid))
  if (!keys) return null
  const cursor = position.before ?? position.after
  const backwards = position.before !== undefined
  const beyond =
    cursor === undefined
      ? Prisma.sql`TRUE`
      : Prisma.sql`s.uuid ${backwards ? Prisma.sql`<` : Prisma.sql`>`} ${decodeKey(cursor)}`
  const order = backwards ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const [[counted], found] = await Promise.all([
    db().$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM (${keys}) s WHERE s.key = ${key}`,
    db().$queryRaw<DuplicateMember[]>`
      SELECT p.company_uuid AS "companyUuid", p.uuid, ${SHOWN_COLUMNS}
      FROM (SELECT s.uuid FROM (${keys}) s WHERE s.key = ${key} AND ${beyond}
        ORDER BY s.uuid ${order} LIMIT ${PAGE_SIZE + 1}) m
      JOIN partnership p ON p.company_uuid = ${companyUuid} AND p.uuid = m.uuid
      ORDER BY p.uuid ${order}`,
  ])
  const count = counted?.count ?? 0
  return count > 1 ? { key, count, page: toPage(found, position, ({ uuid }) => [uuid]) } : null
}

const SHOWN_COLUMNS = Prisma.sql`left(p.company_name, 200) AS name, left(p.company_domain, 200) AS domain,
  left(p.stage_label, 200) AS stage, left(p.tier_label, 200) AS tier, p.occurred_at AS "changedAt"`

/** What a partnership's page says of possible duplicates: the first five others with the same value. */
export type DuplicateNotice = { field: UniqueField; others: DuplicateMember[]; more: boolean }

/**
 * The partnerships that share a partnership's value in the field that tells partners apart; null when there
 * are none.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findDuplicatesOf({
  companyUuid,
  uuid,
}: RecordKey): Promise<DuplicateNotice | null> {
  await requireUser()
  const field = await readUniqueField(companyUuid)
  const keys = field && uniqueKeys(field)
  if (!keys) return null
  const others = await db().$queryRaw<DuplicateMember[]>`
    SELECT p.company_uuid AS "companyUuid", p.uuid, ${SHOWN_COLUMNS}
    FROM (SELECT own.key FROM (${keys}) own WHERE own.uuid = ${uuid} LIMIT 1) mine
    CROSS JOIN LATERAL (
      SELECT s.uuid FROM (${keys}) s WHERE s.key = mine.key AND s.uuid <> ${uuid}
      ORDER BY s.uuid LIMIT ${NOTICED + 1}) m
    JOIN partnership p ON p.company_uuid = ${companyUuid} AND p.uuid = m.uuid
    ORDER BY p.uuid`
  if (others.length === 0) return null
  return { field, others: others.slice(0, NOTICED), more: others.length > NOTICED }
}

function decodeKey(cursor: string): string {
  const [key] = decodeCursor(cursor, 1)
  if (typeof key === 'string' && !key.includes('\u0000') && key.isWellFormed()) return key
  throw new InvalidAddressError('The page in this address does not exist.')
}
