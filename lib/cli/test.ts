import { spawn, type StdioOptions } from 'node:child_process'
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

// `npm test`: every check there is, also after one has failed. The last line sums up the tests; a check
// without tests that fails, and a runner that dies without a word, count as one.

/** What a step does: runs tools with what they print going where the step's goes, and tells whether all is well. */
type Work = (tool: RunTool, report: string) => Promise<boolean>
type RunTool = (args: string[], variables?: Variables) => Promise<boolean>

const total = { passed: 0, failed: 0 }
const failedSteps: string[] = []

process.chdir(PROJECT_ROOT)
const reports = await mkdtemp(path.join(os.tmpdir(), 'waggle-report-'))

await step('Prisma client', async () => {
  await generateClient()
  return true
})
// Each of these keeps one core busy, and what it prints comes in one piece. Types and build write to one directory.
await Promise.all([
  inOnePiece('lint and import rules', (tool) => tool(['eslint/bin/eslint.js', '.'])),
  inOnePiece('types', async (tool) => {
    const known = await tool(['next/dist/bin/next', 'typegen'], { NEXT_TELEMETRY_DISABLED: '1' })
    return known && (await tool(['typescript/bin/tsc', '--noEmit']))
  })
    .then(() =>
      inOnePiece('formatting', (tool) => tool(['prettier/bin/prettier.cjs', '--check', '.'])),
    )
    .then(() =>
      inOnePiece('build', async () => {
        if (!(await isBuilt())) await buildApp()
        return true
      }),
    ),
])
await step('unit and integration tests', (tool, report) =>
  tool([
    ...['vitest/vitest.mjs', 'run'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]),
)
await step('end-to-end tests', async (tool, report) => {
  await ensureBrowser()
  return tool(['@playwright/test/cli.js', 'test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  })
})

await rm(reports, { recursive: true, force: true })
if (failedSteps.length > 0) print(`\nFailed: ${failedSteps.join(', ')}\n`)
print(`\n${total.passed} passed, ${total.failed} failed\n`)
process.exit(failedSteps.length > 0 ? 1 : 0)

/** A step whose output is seen while it works. */
function step(name: string, work: Work): Promise<void> {
  print(headingOf(name))
  return count(name, (report) => work(runTool, report))
}

/** A step that others work beside. */
async function inOnePiece(name: string, work: Work): Promise<void> {
  let text = headingOf(name)
  const keep = (more: string) => (text += more)
  await count(
    name,
    (report) => work((args, variables) => runTool(args, variables, keep), report),
    keep,
  )
  print(text)
}

async function count(
  name: string,
  work: (report: string) => Promise<boolean>,
  tell: (text: string) => void = print,
): Promise<void> {
  const report = path.join(reports, `${name.replaceAll(' ', '-')}.json`)
  const succeeded = await work(report).catch((error: Error) => {
    tell(`${error.message}\n`)
    return false
  })
  const { passed, failed } = await readCounts(report)
  total.passed += passed
  total.failed += failed
  if (succeeded) return
  failedSteps.push(name)
  if (failed === 0) total.failed += 1
}

function headingOf(name: string): string {
  return `\n━━ ${name} ━━\n`
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

function runTool(
  [tool, ...args]: string[],
  variables: Variables = {},
  keep?: (text: string) => void,
): Promise<boolean> {
  return run(process.execPath, [path.join('node_modules', tool!), ...args], variables, keep)
}

function run(
  program: string,
  args: string[],
  variables: Variables,
  keep?: (text: string) => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    const stdio: StdioOptions = keep ? ['ignore', 'pipe', 'pipe'] : 'inherit'
    const child = spawn(program, args, { env: processVariables(variables), stdio })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => keep?.(text))
    }
    child.once('error', (error) => {
      ;(keep ?? print)(`${program} could not be run: ${error.message}\n`)
      resolve(false)
    })
    child.once('close', (code) => resolve(code === 0))
  })
}

function print(text: string): void {
  process.stdout.write(text)
}
