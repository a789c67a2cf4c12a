import { writeFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { App, freePort } from '../support/app'

/** Starts an app that can't start; returns what it said after its steps. */
async function refusal(variables: Record<string, string>, envFile?: string): Promise<string> {
  const app = await App.prepare(variables)
  try {
    if (envFile !== undefined) await writeFile(app.envFile, envFile)
    expect(await app.startAndFail()).toEqual({ code: 1, signal: null })
    expect(app.output, 'no stack').not.toMatch(/^\s+at /m)
    return app.output.trim().split('\n').at(-1)!
  } finally {
    await app.dispose()
  }
}

test('a wrong value in .env is one sentence that names the variable', async () => {
  expect(await refusal({ PORT: '' }, 'PORT=eighty\n')).toBe(
    'The settings are not right. PORT must be a whole number from 1 to 65535.',
  )
})

test('a line of .env that is no setting is one sentence that names the line', async () => {
  expect(await refusal({}, 'HOST=127.0.0.1\nINTEGRATION_UUID integration_x\n')).toMatch(
    /^The settings are not right\. Line 2 of \S+ is not of the form NAME=value\.$/,
  )
})

test('a database that does not answer is one sentence without the password', async () => {
  const port = await freePort()
  const said = await refusal({ DATABASE_URL: `postgres://waggle:hunter2@127.0.0.1:${port}/waggle` })
  expect(said).toBe("DATABASE_URL can't be used: the connection was refused.")
})

test('a database whose name is unknown is one sentence', async () => {
  const said = await refusal({ DATABASE_URL: 'postgres://waggle@db.invalid/waggle' })
  expect(said).toMatch(
    /^DATABASE_URL can't be used: the host name (is not known|could not be looked up)\.$/,
  )
})

test('a DATA_DIR that can’t be made is one sentence', async () => {
  expect(await refusal({ DATA_DIR: '/dev/null/waggle' })).toBe(
    "DATA_DIR /dev/null/waggle can't be used: a part of the path is not a directory.",
  )
})
