import os from 'node:os'
import { defineConfig } from '@playwright/test'
import { findInstalledBrowser } from './lib/cli/find-browser'

// Playwright's own browser is used where none is installed.
const executablePath = findInstalledBrowser()

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/support/build.ts',
  outputDir: 'test-results',
  reporter: 'list',
  forbidOnly: true,
  retries: 0,
  // Each worker runs apps and databases of its own.
  workers: Math.min(4, os.availableParallelism()),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    // A test of what the app does, not of how it looks while it moves.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath,
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-gpu',
        // Containers have a small /dev/shm.
        '--disable-dev-shm-usage',
      ],
    },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'system', testMatch: 'system/**/*.spec.ts', timeout: 120_000 },
    { name: 'browser', testMatch: '**/*.spec.ts', testIgnore: 'system/**' },
  ],
})
