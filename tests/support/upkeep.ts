import { db } from '@/lib/db'
import { createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
import { workOnUpkeep } from '@/lib/replay/upkeep/work-on-upkeep'

/** What a run of upkeep is at. */
export function stageOf({ report }: { report: unknown }): string {
  return typeof report === 'object' && report !== null ? String(Reflect.get(report, 'stage')) : ''
}

/** Checks parity, here and now. */
export async function check() {
  const id = await createUpkeep('parity', 'ann@waggle.test')
  await workOnUpkeep(new AbortController().signal)
  return db().replayRun.findUniqueOrThrow({ where: { id } })
}

/** How many shadows of the read model are there. */
export async function shadows(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_namespace WHERE nspname LIKE '%_shadow'`
  return Number(row?.count)
}
