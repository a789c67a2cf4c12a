import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname) } },
  test: {
    // Every file has a database of its own, and waits for it most of its time: none of the cores need stay free.
    maxWorkers: '100%',
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
