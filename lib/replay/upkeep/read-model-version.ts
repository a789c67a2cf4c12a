import { db, Prisma, type Transaction } from '@/lib/db'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'

// Those whose rows say which version wrote them; what belongs to them was written with them.
const TABLES = [
  'partnership',
  'custom_field',
  'contact',
  'room',
  'message',
  'author',
  'integration_setting',
]

/** Notes that this version writes the read model from its first row on, where no event has been received yet. */
export async function noteFirstVersion(): Promise<void> {
  const event = await db().webhookEvent.findFirst({ select: { seq: true } })
  if (!event) await noteLowestVersion(db(), PROJECTOR_VERSION)
}

/** Notes, in the transaction that makes it so or has found it, that no row is of an older version than this. */
export async function noteLowestVersion(tx: Transaction, version: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO read_model_version (id, projector_version) VALUES (1, ${version})
    ON CONFLICT (id) DO UPDATE SET projector_version = excluded.projector_version`
}

/** The lowest version that rows of the live read model are of; null when it has none. Reads all of them. */
export async function findLowestVersion(tx: Transaction): Promise<number | null> {
  const lowest = TABLES.map(
    (table) => `SELECT min(projector_version) AS version FROM public.${table}`,
  )
  const [row] = await tx.$queryRaw<{ version: number | null }[]>(
    Prisma.raw(`SELECT min(version) AS version FROM (${lowest.join(' UNION ALL ')}) lowest`),
  )
  return row?.version ?? null
}
