import { db, Prisma } from '@/lib/db'
import { searchText, sortKey } from '@/lib/search-text'
import { FILL_FIELD_COUNTS } from './fill-field-counts'
import { COMPANY, TIME } from './read-model-rows'

// Rows as the projector would have written them, for tests of what reads them.

type FieldInput = Partial<Prisma.CustomFieldCreateManyInput> & { uuid: string }
type ValueInput = Partial<Prisma.CustomFieldValueCreateManyInput> & {
  fieldUuid: string
  ownerUuid: string
}

export async function insertCustomFields(rows: FieldInput[]): Promise<void> {
  await db().customField.createMany({
    data: rows.map((row) => ({
      companyUuid: COMPANY,
      type: 'text',
      sortKey: sortKey(row.label ?? null, row.uuid),
      searchText: searchText([row.label ?? null]),
      firstEventAt: TIME,
      occurredAt: TIME,
      eventSeq: 1n,
      projectorVersion: 1,
      ...row,
    })),
  })
}

/** An empty text on a partnership, unless the row says otherwise. */
export async function insertFieldValues(rows: ValueInput[]): Promise<void> {
  await db().customFieldValue.createMany({
    data: rows.map((row) => ({
      companyUuid: COMPANY,
      ownerType: 'partnership' as const,
      type: 'text',
      position: 0,
      optionIds: [],
      optionLabels: [],
      ...row,
    })),
  })
  await db().$executeRawUnsafe(FILL_FIELD_COUNTS)
}
