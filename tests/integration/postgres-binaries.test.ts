import { mkdir, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureLibraryLinks } from '@/lib/runtime/postgres-binaries'
import { temporaryDirectory } from '../support/temporary-directory'

let directory: string

beforeEach(async () => {
  directory = await temporaryDirectory()
  await mkdir(path.join(directory, 'native/lib'), { recursive: true })
})

afterEach(() => rm(directory, { recursive: true, force: true }))

test('the links between libraries are made when npm did not run install scripts', async () => {
  const native = path.join(directory, 'native')
  await writeFile(path.join(native, 'lib/libpq.so.5.18'), 'library')
  await writeFile(
    path.join(native, 'pg-symlinks.json'),
    JSON.stringify([
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
    ]),
  )
  await ensureLibraryLinks(native)
  // A second time nothing is left to do.
  await ensureLibraryLinks(native)
  expect((await readdir(path.join(native, 'lib'))).sort()).toEqual([
    'libpq.so',
    'libpq.so.5',
    'libpq.so.5.18',
  ])
  expect(await readlink(path.join(native, 'lib/libpq.so'))).toBe('libpq.so.5.18')
})
