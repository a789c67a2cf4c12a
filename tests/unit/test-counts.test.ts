import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCounts } from '@/lib/cli/test-counts'
import { temporaryDirectory } from '../support/temporary-directory'

let directory: string

beforeEach(async () => {
  directory = await temporaryDirectory()
})

afterEach(() => rm(directory, { recursive: true, force: true }))

test.each([
  ['Vitest', { numPassedTests: 12, numFailedTests: 3 }, { passed: 12, failed: 3 }],
  [
    'Playwright, where a flaky test counts as failed',
    { stats: { expected: 7, unexpected: 1, flaky: 2 } },
    { passed: 7, failed: 3 },
  ],
])('the counts of a report of %s', async (_, report, counts) => {
  const file = path.join(directory, 'report.json')
  await writeFile(file, JSON.stringify(report))
  expect(await readCounts(file)).toEqual(counts)
})

test('no report counts nothing', async () => {
  const file = path.join(directory, 'none.json')
  expect(await readCounts(file)).toEqual({ passed: 0, failed: 0 })
})
