import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

/** An archive of the test file's own, which fetches from this machine too. Imported before it is used. */
export const ARCHIVE = mkdtempSync(path.join(os.tmpdir(), 'waggle-archive-'))
export const MAX_FILE_BYTES = 1024 * 1024

// Set while the file is loaded, before the code under test reads its settings for the first time.
process.env.ATTACHMENTS_DIR = ARCHIVE
process.env.ATTACHMENT_MAX_BYTES = String(MAX_FILE_BYTES)
process.env.FETCH_ALLOW_LOOPBACK = 'true'

afterAll(() => rm(ARCHIVE, { recursive: true, force: true }))
