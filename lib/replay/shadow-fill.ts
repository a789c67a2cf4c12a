import { db, Prisma, type Transaction } from '@/lib/db'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { describeTables } from '@/lib/read-model/describe-tables'
import { createShadow, dropShadow, type ShadowSchema } from '@/lib/read-model/shadow-tables'

// Making tables and indexes of a large read model takes its time.
const OPTIONS = { maxWait: 10_000, timeout: 60_000 }

/**
 * How far a half of the subjects has come: through the log up to `seq`; until that is what the fill began with, through
 * its events by subject up to `place`.
 */
export type FillCursor = { seq: bigint; place: bigint }

/** A shadow that is being filled from the log, and how far each half of the subjects has come. */
export type ShadowFill = {
  schema: Exclude<ShadowSchema, 'pg_temp'>
  cursors: [FillCursor, FillCursor]
  /** Up to here the log is folded by subject (see fill-order.ts); null until the events have been listed. */
  orderedTo: bigint | null
}

/**
 * Opens the shadow of a run: goes on with the one that it has begun, else makes it anew in the place of any other.
 * How far it has come stands in the shadow itself, so that neither is ever there without the other. What another
 * version of the projections has begun is not gone on with, nor what was made before the live tables were migrated.
 *
 * @param runId Whose shadow it is.
 * @param onBegin Called before it is made anew.
 */
export async function openShadowFill(
  schema: ShadowFill['schema'],
  runId: string,
  onBegin: () => Promise<void>,
): Promise<ShadowFill> {
  const found = await findFill(db(), schema, runId)
  if (found && (await isLikeLive(schema))) return { schema, ...found }
  await onBegin()
  return db().$transaction(async (tx) => {
    await dropShadow(tx, schema)
    await createShadow(tx, schema, 'writes')
    for (const statement of [
      `CREATE TABLE "${schema}".fill_run (run_id text NOT NULL, projector_version int NOT NULL)`,
      `CREATE TABLE "${schema}".fill_cursor
         (half int PRIMARY KEY, seq bigint NOT NULL, place bigint NOT NULL, ordered_to bigint)`,
      `CREATE TABLE "${schema}".fill_outcome
         (seq bigint PRIMARY KEY, outcome text NOT NULL, code text, message text)`,
      `INSERT INTO "${schema}".fill_cursor VALUES (0, 0, 0), (1, 0, 0)`,
    ]) {
      await tx.$executeRaw(Prisma.raw(statement))
    }
    await tx.$executeRaw`
      INSERT INTO ${Prisma.raw(`"${schema}".fill_run`)} VALUES (${runId}, ${PROJECTOR_VERSION})`
    const start = { seq: 0n, place: 0n }
    return { schema, cursors: [start, start], orderedTo: null }
  }, OPTIONS)
}

/** Removes what a run has left behind, whosever it is. */
export async function dropShadowFill(schema: ShadowFill['schema']): Promise<void> {
  await db().$transaction((tx) => dropShadow(tx, schema), OPTIONS)
}

/** Notes in a shadow that its tables have taken the place of the live ones, at this end of the log. */
export async function noteSwapped(
  tx: Transaction,
  schema: ShadowFill['schema'],
  upTo: bigint,
): Promise<void> {
  await tx.$executeRaw(
    Prisma.raw(`CREATE TABLE "${schema}".fill_swapped AS SELECT ${upTo}::bigint AS seq`),
  )
}

/** The end of the log at which a run has swapped the tables of its shadow; null when it has not. */
export async function findSwapped(
  schema: ShadowFill['schema'],
  runId: string,
): Promise<bigint | null> {
  const [there] = await db().$queryRaw<{ table: string | null }[]>`
    SELECT to_regclass(${`${schema}.fill_swapped`})::text AS table`
  if (!there?.table) return null
  const [swapped] = await db().$queryRaw<{ seq: bigint }[]>`
    SELECT seq FROM ${Prisma.raw(`"${schema}".fill_swapped`)} WHERE ${isOf(schema, runId)}`
  return swapped?.seq ?? null
}

// Most indexes are made after the fill.
async function isLikeLive(schema: ShadowFill['schema']): Promise<boolean> {
  const live = new Set(await describeTables(db(), 'public'))
  for (const line of await describeTables(db(), schema)) if (!live.delete(line)) return false
  return [...live].every((line) => line.startsWith('CREATE INDEX '))
}

function isOf(schema: string, runId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM ${Prisma.raw(`"${schema}".fill_run`)}
    WHERE run_id = ${runId} AND projector_version = ${PROJECTOR_VERSION})`
}

async function findFill(
  tx: Transaction,
  schema: string,
  runId: string,
): Promise<Pick<ShadowFill, 'cursors' | 'orderedTo'> | null> {
  // One that an earlier Waggle began has other columns, and is begun anew.
  const [found] = await tx.$queryRaw<{ isOurs: boolean }[]>`
    SELECT EXISTS (SELECT FROM pg_attribute
      WHERE attrelid = to_regclass(${`${schema}.fill_cursor`}) AND attname = 'ordered_to') AS "isOurs"`
  if (!found?.isOurs) return null
  const rows = await tx.$queryRaw<{ seq: bigint; place: bigint; orderedTo: bigint | null }[]>`
    SELECT seq, place, ordered_to AS "orderedTo" FROM ${Prisma.raw(`"${schema}".fill_cursor`)}
    WHERE ${isOf(schema, runId)}
    ORDER BY half`
  const [first, second] = rows
  return first && second ? { cursors: [first, second], orderedTo: first.orderedTo } : null
}
