import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { processVariables, type Variables } from '@/lib/env'
import { buildApp, isBuilt } from '@/lib/runtime/build-app'
import { generateClient } from '@/lib/runtime/generate-client'
import { PROJECT_ROOT } from '@/lib/runtime/project-files'
import { canInstallWithApt, findInstalledBrowser, isExecutable } from './find-browser'
import { readCounts } from './test-counts'

// `npm test`: every check there is, one after the other, also after one has failed. The last line sums up
// the tests; a check without tests that fails, and a runner that dies without a word, count as one.

const total = { passed: 0, failed: 0 }
const failedSteps: string[] = []

process.chdir(PROJECT_ROOT)
const reports = await mkdtemp(path.join(os.tmpdir(), 'waggle-report-'))

await step('Prisma client', async () => {
  await generateClient()
  return true
})
await step('formatting', () => runTool(['prettier/bin/prettier.cjs', '--check', '.']))
await step('lint and import rules', () => runTool(['eslint/bin/eslint.js', '.']))
await step('types', async () => {
  const known = await runTool(['next/dist/bin/next', 'typegen'], { NEXT_TELEMETRY_DISABLED: '1' })
  return known && (await runTool(['typescript/bin/tsc', '--noEmit']))
})
await step('unit tests', (report) => runVitest('unit', report))
await step('integration tests', (report) => runVitest('integration', report))
await step('build', async () => {
  if (!(await isBuilt())) await buildApp()
  return true
})
await step('end-to-end tests', async (report) => {
  await ensureBrowser()
  return runTool(['@playwright/test/cli.js', 'test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  })
})

await rm(reports, { recursive: true, force: true })
if (failedSteps.length > 0) print(`\nFailed: ${failedSteps.join(', ')}\n`)
print(`\n${total.passed} passed, ${total.failed} failed\n`)
process.exit(failedSteps.length > 0 ? 1 : 0)

async function step(name: string, work: (report: string) => Promise<boolean>): Promise<void> {
  print(`\n━━ ${name} ━━\n`)
  const report = path.join(reports, `${name.replaceAll(' ', '-')}.json`)
  const succeeded = await work(report).catch((error: Error) => {
    print(`${error.message}\n`)
    return false
  })
  const { passed, failed } = await readCounts(report)
  total.passed += passed
  total.failed += failed
  if (succeeded) return
  failedSteps.push(name)
  if (failed === 0) total.failed += 1
}

function runVitest(project: string, report: string): Promise<boolean> {
  return runTool([
    ...['vitest/vitest.mjs', 'run', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ])
}

async function ensureBrowser(): Promise<void> {
  if (findInstalledBrowser() || isExecutable(chromium.executablePath())) return
  if (canInstallWithApt()) {
    print('No browser found: installing chromium with apt-get.\n')
    const environment = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-q'], environment)
    await run('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium'], environment)
  } else {
    print('No browser found: asking Playwright for its own.\n')
    await runTool(['@playwright/test/cli.js', 'install', 'chromium'])
  }
  if (findInstalledBrowser() || isExecutable(chromium.executablePath())) return
  throw new Error(
    'The end-to-end tests need a browser: install Chromium or Chrome, or run ' +
      '"npx playwright install --with-deps chromium", and try again.',
  )
}

function runTool([tool, ...args]: string[], variables: Variables = {}): Promise<boolean> {
  return run(process.execPath, [path.join('node_modules', tool!), ...args], variables)
}

function run(program: string, args: string[], variables: Variables): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: processVariables(variables), stdio: 'inherit' })
    child.once('error', (error) => {
      print(`${program} could not be run: ${error.message}\n`)
      resolve(false)
    })
    child.once('close', (code) => resolve(code === 0))
  })
}

function print(text: string): void {
  process.stdout.write(text)
}
