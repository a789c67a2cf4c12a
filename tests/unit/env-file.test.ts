import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { completeEnvFile } from '@/lib/runtime/env-file'
import { temporaryDirectory } from '../support/temporary-directory'

const GENERATED = ['INTEGRATION_UUID', 'ADMIN_EMAIL', 'ADMIN_PASSWORD', 'ENCRYPTION_KEY']

let directory: string
let file: string

beforeEach(async () => {
  directory = await temporaryDirectory()
  file = path.join(directory, '.env')
})

afterEach(() => rm(directory, { recursive: true, force: true }))

test('a missing file is written once, for its owner alone', async () => {
  const first = await completeEnvFile(file, {})
  expect(first.written).toEqual(GENERATED)
  expect((await stat(file)).mode & 0o777).toBe(0o600)

  const text = await readFile(file, 'utf8')
  const second = await completeEnvFile(file, {})
  expect(second.written).toEqual([])
  expect(second.variables).toEqual(first.variables)
  expect(await readFile(file, 'utf8')).toBe(text)
})

test('every start generates secrets of its own', async () => {
  const one = await completeEnvFile(file, {})
  await rm(file)
  const other = await completeEnvFile(file, {})
  expect(other.variables.INTEGRATION_UUID).not.toBe(one.variables.INTEGRATION_UUID)
  expect(other.variables.ADMIN_PASSWORD).not.toBe(one.variables.ADMIN_PASSWORD)
  expect(other.variables.ENCRYPTION_KEY).not.toBe(one.variables.ENCRYPTION_KEY)
  expect(other.variables.ENCRYPTION_KEY).toMatch(/^[\w-]{43}$/)
})

test('only what is missing is appended, after what is there', async () => {
  const own = '# mine\nPORT=4000\nINTEGRATION_UUID="integration_of_my_own"'
  await writeFile(file, own)
  const { variables, written } = await completeEnvFile(file, {})
  expect(written).toEqual(['ADMIN_EMAIL', 'ADMIN_PASSWORD', 'ENCRYPTION_KEY'])
  expect(variables).toMatchObject({ PORT: '4000', INTEGRATION_UUID: 'integration_of_my_own' })
  expect((await readFile(file, 'utf8')).startsWith(`${own}\n`)).toBe(true)
})

test('the real environment wins over the file, but an empty variable does not', async () => {
  await writeFile(file, 'PORT=4000\nHOST=10.0.0.1\n')
  const { variables, written } = await completeEnvFile(file, {
    PORT: '5000',
    HOST: '',
    ADMIN_PASSWORD: 'from the environment',
  })
  expect(variables).toMatchObject({ PORT: '5000', HOST: '10.0.0.1' })
  expect(written).toEqual(['INTEGRATION_UUID', 'ADMIN_EMAIL', 'ENCRYPTION_KEY'])
  expect(await readFile(file, 'utf8')).not.toContain('ADMIN_PASSWORD')
})

test('a line that is no setting is refused by its number', async () => {
  await writeFile(file, '# fine\nexport HOST=127.0.0.1\n\nPORT 4000\n')
  await expect(completeEnvFile(file, {})).rejects.toThrow(
    `Line 4 of ${file} is not of the form NAME=value.`,
  )
})

test('a file that can be neither read nor written is one sentence', async () => {
  await mkdir(file)
  await expect(completeEnvFile(file, {})).rejects.toThrow(
    `${file} can't be read: it is a directory.`,
  )
})

test.skipIf(process.getuid?.() === 0)('a directory that is read-only is one sentence', async () => {
  await chmod(directory, 0o555)
  await expect(completeEnvFile(file, {})).rejects.toThrow(
    `${file} can't be written: permission denied.`,
  )
  await chmod(directory, 0o755)
})
