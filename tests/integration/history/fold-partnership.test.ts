import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { diffSnapshots, PARTNERSHIP_COLUMNS } from '@/lib/projections/snapshot-diff'
import { projectBatch } from '@/lib/projector/project-batch'
import { projectEvents } from '@/tests/support/project-events'
import { foldPartnership } from '@/lib/queries/fold-partnership'
import type { RecordKey } from '@/lib/queries/record-key'
import { applySnapshotDiff, type PartnershipSnapshot } from '../../support/apply-snapshot-diff'
import { arbitraryHistory } from '../../support/arbitrary-history'
import { insertEvents } from '../../support/insert-events'
import { emptyEverything, emptyReadModel } from '../../support/read-model'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const RUNS = 12
const TIMEOUT_MS = 300_000

test(
  'a partnership as of an event is what folding the log up to it gives, and the diffs lead there',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHistory(), async (history) => {
        await emptyEverything()
        await insertEvents(history)
        await projectBatch()

        const keys = await db().partnership.findMany({ select: { companyUuid: true, uuid: true } })
        for (const key of keys) expect(await folded(key)).toEqual(await inReadModel(key))

        for (const key of keys) {
          const versions = await versionsOf(key)
          let before: PartnershipSnapshot | null = null
          await emptyReadModel()
          for (const version of versions) {
            const row = await folded(key, version)
            // What the projector makes of the log up to here.
            await projectEvents([version.seq], { trigger: 'rebuild', actor: null })
            expect(row).toEqual(await inReadModel(key))

            const diff = diffSnapshots(before, row!, PARTNERSHIP_COLUMNS)
            before = applySnapshotDiff(before, diff)
            for (const column of [...PARTNERSHIP_COLUMNS, 'customFieldValues'] as const) {
              expect(before[column] ?? null).toEqual(row![column])
            }
          }
        }
      }),
      { numRuns: RUNS },
    )
  },
  TIMEOUT_MS,
)

async function folded(key: RecordKey, upTo?: { at: Date; seq: bigint }) {
  const found = await actingAs(reader, () => foldPartnership(key, upTo))
  return found && withoutProjectorsOwn(found.row)
}

async function inReadModel(key: RecordKey) {
  const { companyUuid, uuid } = key
  const row = await db().partnership.findUnique({
    where: { companyUuid_uuid: { companyUuid, uuid } },
  })
  const customFieldValues = await db().customFieldValue.findMany({
    where: { companyUuid, ownerUuid: uuid, ownerType: 'partnership' },
    orderBy: { position: 'asc' },
    omit: { companyUuid: true, ownerUuid: true, ownerType: true },
  })
  return row && withoutProjectorsOwn({ ...row, customFieldValues })
}

// The keys of the list and the search are made when a row is written.
function withoutProjectorsOwn<Row extends object>(row: Row): Row {
  const own = ['sortKey', 'searchText', 'projectorVersion']
  return Object.fromEntries(Object.entries(row).filter(([key]) => !own.includes(key))) as Row
}

// In the order of versions, from the events themselves.
async function versionsOf({ companyUuid, uuid }: RecordKey) {
  const events = await db().webhookEvent.findMany({
    where: {
      companyUuid,
      status: 'applied',
      eventType: { in: ['partner_created', 'partner_updated'] },
    },
  })
  return events
    .filter((event) => JSON.parse(event.body).partnership.uuid === uuid)
    .map((event) => ({ at: event.tokenIat ?? event.receivedAt, seq: event.seq }))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || Number(a.seq - b.seq))
}
