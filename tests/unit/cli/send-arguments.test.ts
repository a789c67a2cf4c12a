import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { webhookUrl } from '@/lib/cli/send-settings'
import { parseSendEnv, processVariables } from '@/lib/env'
import { temporaryDirectory } from '../../support/temporary-directory'

const root = path.resolve(import.meta.dirname, '../../..')

function send(...args: string[]) {
  return sendWith({}, ...args)
}

function sendWith(
  variables: Record<string, string>,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'lib/cli/send.ts', ...args],
      { cwd: root, env: processVariables(variables) },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

test.each([
  [['--rate', 'fast'], /argument 'fast' is invalid. It must be a number above 0/],
  [['--messages', '-1'], /It must be a whole number from 0 to/],
  [['--concurrency', '0'], /It must be a whole number from 1 to 1000/],
  [['--url', 'ftp://x'], /It must be an http or https address/],
  [['--nast'], /unknown option '--nast'/],
])('%j is refused with a sentence and exit code 2', async (args, sentence) => {
  const { code, stderr } = await send(...args)
  expect(code).toBe(2)
  expect(stderr).toMatch(sentence)
  expect(stderr).toContain('--help')
})

test('the help names every option with its default and ends with 0', async () => {
  const { code, stdout } = await send('--help')
  expect(code).toBe(0)
  for (const option of [
    'partnerships',
    'messages',
    'seed',
    'url',
    'rate',
    'concurrency',
    'nasty',
  ]) {
    expect(stdout).toContain(`--${option}`)
  }
  expect(stdout).toContain('Examples:')
})

test('where nobody listens the command says so and ends with 1', async () => {
  const { code, stderr } = await send('--secret', 'x'.repeat(12), '--url', 'http://127.0.0.1:9')
  expect(code).toBe(1)
  expect(stderr).toContain('Nothing answers at http://127.0.0.1:9.')
})

test('the settings are those of ENV_FILE', async () => {
  const directory = await temporaryDirectory()
  try {
    const file = path.join(directory, 'settings')
    await writeFile(file, 'INTEGRATION_UUID=integration_1\nPORT=9\n')
    const variables = { ENV_FILE: file, INTEGRATION_UUID: '', PORT: '', HOST: '' }
    const { code, stderr } = await sendWith(variables)
    expect(stderr).toContain('Nothing answers at http://127.0.0.1:9.')
    expect(code).toBe(1)
  } finally {
    await rm(directory, { recursive: true })
  }
})

test('settings that can not be read are one sentence', async () => {
  const { code, stderr } = await sendWith({ ENV_FILE: root })
  expect(stderr).toBe(`${root} can't be read: it is a directory.\n`)
  expect(code).toBe(2)
})

test('without --url the server of the settings is meant, and "everywhere" is this machine', () => {
  const url = (variables: Record<string, string>) =>
    webhookUrl(undefined, parseSendEnv(variables)).href
  expect(url({})).toBe('http://127.0.0.1:3000/api/webhooks/journeybee')
  expect(url({ HOST: '0.0.0.0', PORT: '8080' })).toBe(
    'http://127.0.0.1:8080/api/webhooks/journeybee',
  )
})

test('--url gets the webhook path where it has none', () => {
  const settings = parseSendEnv({})
  expect(webhookUrl(new URL('https://waggle.example'), settings).href).toBe(
    'https://waggle.example/api/webhooks/journeybee',
  )
  expect(webhookUrl(new URL('https://waggle.example/other'), settings).pathname).toBe('/other')
})
