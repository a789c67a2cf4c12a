import { db, Prisma } from '@/lib/db'
import { searchText, sortKey } from '@/lib/search-text'
import { FILL_PARTNERSHIP_TOTALS } from './fill-partnership-totals'

// Rows as the projector would have written them, for tests of what reads them.

export const COMPANY = 'company_a'
export const TIME = new Date('2026-03-01T12:00:00.000Z')

const VERSION = { firstEventAt: TIME, occurredAt: TIME, eventSeq: 1n, projectorVersion: 1 }

type PartnershipInput = Partial<Prisma.PartnershipCreateManyInput> & { uuid: string }
type ContactInput = Partial<Prisma.ContactCreateManyInput> & { uuid: string }
type RoomInput = Partial<Prisma.RoomCreateManyInput> & { uuid: string }

export async function insertPartnerships(rows: PartnershipInput[]): Promise<void> {
  await db().partnership.createMany({
    data: rows.map((row) => ({
      companyUuid: COMPANY,
      sortKey: sortKey(row.companyName ?? null, row.companyDomain ?? null, row.uuid),
      searchText: searchText([
        row.companyName ?? null,
        row.companyDomain ?? null,
        row.companyEmail ?? null,
        row.companyPhoneNumber ?? null,
      ]),
      ...VERSION,
      ...row,
    })),
  })
  await fillTotals()
}

export async function insertContacts(rows: ContactInput[]): Promise<void> {
  await db().contact.createMany({
    data: rows.map((row) => {
      const name = [row.firstName, row.lastName].filter(Boolean).join(' ')
      return {
        companyUuid: COMPANY,
        tags: [],
        sortKey: sortKey(name, row.email ?? null, row.uuid),
        searchText: searchText([name, row.email ?? null, row.position ?? null]),
        ...VERSION,
        ...row,
      }
    }),
  })
  await fillTotals()
}

export async function insertRooms(rows: RoomInput[]): Promise<void> {
  await db().room.createMany({
    data: rows.map((row) => ({ companyUuid: COMPANY, sortAt: TIME, ...VERSION, ...row })),
  })
  await fillTotals()
}

async function fillTotals(): Promise<void> {
  await db().$executeRawUnsafe(FILL_PARTNERSHIP_TOTALS)
}
