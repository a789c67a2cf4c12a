import os from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// What takes longest. One of these that began last would keep one core busy while the others idle.
const LONGEST = [
  ...['redelivery/kill-redelivery', 'replay/kill-rebuild', 'replay/repair-check'],
  ...['embedded-database', 'replay/kill-replay', 'redelivery/two-processes'],
  ...['replay/waggle-upkeep', 'replay/replay-run', 'replay/swap', 'list-view-plans'],
  ...['replay/dry-run-equals-run', 'projector/any-order', 'replay/stalled-replay'],
].map((name) => `/tests/integration/${name}.test.ts`)

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      LONGEST.some((end) => moduleId.endsWith(end))
    return (await super.sort(files)).sort((a, b) => Number(isLong(b)) - Number(isLong(a)))
  }
}

export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname) } },
  test: {
    // Every file has a database of its own, and waits for it, for its disk or for a process about half of its time.
    maxWorkers: Math.ceil(os.availableParallelism() * 1.5),
    sequence: { sequencer: LongestFirst },
    // A poll ends with what it waits for; on a busy machine that takes longer than Vitest's second.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/support/no-unexpected-log.ts'],
          // Loading the rules of the import check alone may take longer than Vitest's five seconds.
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          // Here, because the log is made while the first module loads.
          env: { LOG_LEVEL: 'silent' },
          globalSetup: ['tests/support/template-database.ts'],
          setupFiles: ['tests/support/own-database.ts', 'tests/support/no-unexpected-log.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
