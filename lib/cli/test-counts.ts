import { readFile } from 'node:fs/promises'

export type Counts = { passed: number; failed: number }

type VitestReport = { numPassedTests: number; numFailedTests: number }
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number } }

/**
 * The counts of a JSON report of Vitest or of Playwright; a test that passed only at a second try has
 * failed.
 *
 * @returns Zeros when there is no report, because the runner did not get that far.
 */
export async function readCounts(file: string): Promise<Counts> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (!text) return { passed: 0, failed: 0 }
  const report: VitestReport | PlaywrightReport = JSON.parse(text)
  if ('stats' in report) {
    const { expected, unexpected, flaky } = report.stats
    return { passed: expected, failed: unexpected + flaky }
  }
  return { passed: report.numPassedTests, failed: report.numFailedTests }
}
