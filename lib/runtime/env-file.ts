import { randomBytes, randomUUID } from 'node:crypto'
import { appendFile, readFile } from 'node:fs/promises'
import { parse } from 'dotenv'
import { EnvironmentError, type Variables } from '@/lib/env'
import { newEncryptionKey } from '@/lib/secret-box'
import { reasonOf, StartError } from './start-error'

/** The variables that Waggle makes up when nobody has set them, and what it writes above each. */
const GENERATED: Record<string, { comment: string; value: () => string }> = {
  INTEGRATION_UUID: {
    comment:
      'The secret that signs the webhooks. Replace it with the Integration UUID that JourneyBee shows;\n' +
      '# several, for a rotation or for several integrations, are separated by commas.',
    value: () => `integration_${randomUUID()}`,
  },
  ADMIN_EMAIL: { comment: 'The administrator’s sign-in.', value: () => 'admin@waggle.local' },
  ADMIN_PASSWORD: {
    comment: 'A change takes effect at the next start.',
    value: () => randomBytes(18).toString('base64url'),
  },
  ENCRYPTION_KEY: {
    comment:
      'What the secrets of destinations are encrypted with. Keep a copy: with another key they have to be\n' +
      '# entered again. Processes that share a database share it too.',
    value: newEncryptionKey,
  },
}

export type EnvironmentFile = {
  /** The file's variables below the real ones, which win. */
  variables: Variables
  /** The names that were missing and have been written to the file now. */
  written: string[]
}

/**
 * Reads the settings file and completes it: what is missing, in the file and in the environment, is
 * generated and appended. What is there is never changed. A new file is readable by its owner alone.
 *
 * @param file The path of `.env`.
 * @param real The environment of the process; an empty value counts as not set.
 * @throws StartError when the file can't be read or written, EnvironmentError for a line that is none.
 */
export async function completeEnvFile(file: string, real: Variables): Promise<EnvironmentFile> {
  const text = await read(file)
  refuseMalformedLines(file, text ?? '')
  const variables: Variables = { ...parse(text ?? ''), ...withoutEmpty(real) }
  const written = Object.keys(GENERATED).filter((name) => !variables[name])
  let addition = text && !text.endsWith('\n') ? '\n' : ''
  for (const name of written) {
    const { comment, value } = GENERATED[name]!
    variables[name] = value()
    addition += `# ${comment}\n${name}=${variables[name]}\n`
  }
  if (written.length > 0) await append(file, addition)
  return { variables, written }
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new StartError(`${file} can't be read: ${reasonOf(error)}.`)
  }
}

async function append(file: string, text: string): Promise<void> {
  try {
    await appendFile(file, text, { mode: 0o600, flush: true })
  } catch (error) {
    throw new StartError(`${file} can't be written: ${reasonOf(error)}.`)
  }
}

function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value))
}

// dotenv passes over lines that it does not understand, and the setting on them silently has no effect.
function refuseMalformedLines(file: string, text: string): void {
  const values = Object.values(parse(text))
  if (values.some((value) => value.includes('\n'))) return
  const index = text
    .split(/\r?\n/)
    .findIndex((line) => !/^\s*(#.*)?$|^\s*(export\s+)?[\w.-]+\s*(=|:\s)/.test(line))
  if (index >= 0) {
    throw new EnvironmentError(`Line ${index + 1} of ${file} is not of the form NAME=value.`)
  }
}
