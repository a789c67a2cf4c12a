import { test as base, expect } from '@playwright/test'
import { startApp, type App } from './app'

type TestFixtures = {
  /** Messages of console errors that the test expects; every other one fails it. */
  expectedConsoleErrors: RegExp[]
}
type WorkerFixtures = {
  /** A file that needs an app of its own, empty at first, gives a name of its own: it gets its own worker. */
  appFor: string
  /** A running Waggle with an empty database at first, shared by the tests of a worker. */
  app: App
}

/**
 * Playwright's `test` with a running app. A browser console error or an uncaught exception that a test
 * does not expect fails it.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  appFor: ['any test', { option: true, scope: 'worker' }],
  app: [
    async ({}, use) => {
      const app = await startApp()
      await use(app)
      await app.dispose()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  expectedConsoleErrors: [[], { option: true }],
  page: async ({ page, expectedConsoleErrors }, use) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
    })
    await use(page)
    const unexpected = errors.filter(
      (text) => !expectedConsoleErrors.some((each) => each.test(text)),
    )
    expect(unexpected, 'unexpected errors in the browser console').toEqual([])
  },
})

export { expect }
