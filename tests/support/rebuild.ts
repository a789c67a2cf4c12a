import { randomUUID } from 'node:crypto'
import { checkParity, PARITY_SHADOW } from '@/lib/replay/parity/check-parity'
import { rebuildReadModel, type RebuildOptions } from '@/lib/replay/rebuild/rebuild-read-model'
import { dropShadowFill } from '@/lib/replay/shadow-fill'

const QUIET = {
  signal: new AbortController().signal,
  onBegin: async () => undefined,
  onBatch: async () => undefined,
  onStage: async () => undefined,
}

/** A rebuild without a run. */
export async function rebuild(options: Partial<RebuildOptions> = {}): Promise<void> {
  await rebuildReadModel({
    ...QUIET,
    runId: randomUUID(),
    actor: 'ann@waggle.test',
    onSwapped: async () => undefined,
    onNoted: async () => undefined,
    ...options,
  })
}

/** A check of parity without a run. */
export async function parity() {
  const result = await checkParity({ ...QUIET, runId: randomUUID() })
  await dropShadowFill(PARITY_SHADOW)
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
  return {
    ...result,
    compared: sum(result.tables.map(({ compared }) => compared)),
    differences: sum(result.tables.map(({ differences }) => differences)),
  }
}
