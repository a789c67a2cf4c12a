import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { decodeCursor, PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import { storableText } from '@/lib/schemas/storable'
import { filledValue } from './filled-value'
import type { RecordKey } from './record-key'
import { valueColumns } from './value-columns'

export type FieldOwner = 'partnership' | 'contact'

/** A value and whose it is; `ownerName` is null when the owner has no name. Texts are cut to 500 characters. */
export type FieldValueRow = {
  companyUuid: string
  ownerUuid: string
  ownerName: string | null
  changedAt: Date | null
  type: string
  textValue: string | null
  numberValue: number | null
  dateValue: Date | null
  booleanValue: boolean | null
  optionLabels: string[]
  raw: string | null
}

/**
 * A page of the partnerships, or of the contacts, that have something in a custom field, with what they
 * have, in the order of their ids: the one in which the index can be walked.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of this list's.
 */
export async function listFieldValues(
  { companyUuid, uuid }: RecordKey,
  owner: FieldOwner,
  position: PagePosition,
  pageSize: number = PAGE_SIZE,
): Promise<Page<FieldValueRow>> {
  await requireUser()
  const backwards = position.before !== undefined
  const cursor = decodeOwner(position.before ?? position.after)
  const order = backwards ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const beyond =
    cursor === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`owner_uuid ${backwards ? Prisma.sql`<` : Prisma.sql`>`} ${cursor}`
  const found = await db().$queryRaw<FieldValueRow[]>`
    WITH page AS MATERIALIZED (
      SELECT company_uuid, owner_uuid, ${valueColumns(500)} FROM custom_field_value
      WHERE company_uuid = ${companyUuid} AND field_uuid = ${uuid}
        AND owner_type = ${owner}::custom_field_owner AND ${filledValue} AND ${beyond}
      ORDER BY owner_uuid ${order} LIMIT ${pageSize + 1}
    )
    SELECT page.company_uuid AS "companyUuid", page.owner_uuid AS "ownerUuid",
      o.name AS "ownerName", o.occurred_at AS "changedAt", page.type, page."textValue",
      page."numberValue", page."dateValue", page."booleanValue", page."optionLabels", page.raw
    FROM page LEFT JOIN LATERAL (${owner === 'partnership' ? PARTNERSHIP : CONTACT}) o ON TRUE
    ORDER BY page.owner_uuid ${order}`
  return toPage(found, position, (row) => [row.ownerUuid], pageSize)
}

const PARTNERSHIP = Prisma.sql`
  SELECT left(coalesce(nullif(company_name, ''), nullif(company_domain, '')), 200) AS name, occurred_at
  FROM partnership p WHERE p.company_uuid = page.company_uuid AND p.uuid = page.owner_uuid`

const CONTACT = Prisma.sql`
  SELECT left(coalesce(nullif(concat_ws(' ', nullif(first_name, ''), nullif(last_name, '')), ''),
    nullif(email, '')), 200) AS name, occurred_at
  FROM contact c WHERE c.company_uuid = page.company_uuid AND c.uuid = page.owner_uuid`

function decodeOwner(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  const [uuid] = decodeCursor(cursor, 1)
  if (typeof uuid === 'string' && storableText(uuid) === uuid) return uuid
  throw new InvalidAddressError('The page in this address does not exist.')
}
