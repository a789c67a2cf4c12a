import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'dotenv'
import { actingAs, type User } from '@/lib/auth/current-user'
import {
  applyVariables,
  EnvironmentError,
  parseStartEnv,
  processVariables,
  type StartEnv,
  type Variables,
} from '@/lib/env'
import { logToStderr } from '@/lib/log'
import { requireReachable } from '@/lib/runtime/check-database'
import { findEmbeddedDatabase } from '@/lib/runtime/find-embedded-database'
import { reasonOf } from '@/lib/runtime/start-error'

const NOBODY = '00000000-0000-0000-0000-000000000000'

let connected: { variables: Variables; settings: StartEnv; databaseUrl: string } | undefined

/**
 * Makes the settings of `.env` (real variables win) this process's own, with the database that they name or
 * the embedded one of the Waggle that is running here, and sees that it answers. Writes nothing.
 *
 * @returns Sees whether the database answers still.
 * @throws EnvironmentError for settings that are wrong, StartError when the database is out of reach.
 */
export async function connectDatabase(): Promise<() => Promise<void>> {
  const real = processVariables()
  const given = Object.entries(real).filter(([, value]) => value)
  const variables = { ...readFile(real.ENV_FILE || '.env'), ...Object.fromEntries(given) }
  const settings = parseStartEnv(variables)
  const databaseUrl = await findDatabase(settings)
  connected = { variables, settings, databaseUrl }
  apply(connected)
  return () => connectAgain()
}

/**
 * Sees whether the database answers, after it was away. The embedded one may have come back on another port: then all
 * that follows goes there. Does nothing where `connectDatabase` has not been called.
 *
 * @throws StartError when it is out of reach.
 */
export async function connectAgain(): Promise<void> {
  if (!connected) return
  const databaseUrl = await findDatabase(connected.settings)
  if (databaseUrl === connected.databaseUrl) return
  connected = { ...connected, databaseUrl }
  apply(connected)
  const { disconnectDb } = await import('@/lib/db')
  await disconnectDb()
}

async function findDatabase({ DATABASE_URL, DATA_DIR }: StartEnv): Promise<string> {
  const databaseUrl = DATABASE_URL ?? (await findEmbeddedDatabase(DATA_DIR))
  await requireReachable(databaseUrl)
  return databaseUrl
}

// What a command logs goes to standard error, and is little unless more is asked for: what it tells is its output.
function apply({ variables, databaseUrl }: NonNullable<typeof connected>): void {
  applyVariables({
    ...variables,
    LOG_LEVEL: variables.LOG_LEVEL ?? 'error',
    DATABASE_URL: databaseUrl,
  })
  logToStderr()
}

/** Runs `work` in the name of the administrator: whoever can read the settings can sign in as them. */
export async function asAdministrator<T>(work: () => Promise<T>): Promise<T> {
  const [{ db }, { env }] = await Promise.all([import('@/lib/db'), import('@/lib/env')])
  const email = env().ADMIN_EMAIL
  const found = await db().appUser.findUnique({ where: { email }, select: { id: true } })
  const user: User = { id: found?.id ?? NOBODY, email }
  return actingAs(user, work)
}

function readFile(file: string): Record<string, string> {
  try {
    return parse(readFileSync(file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new EnvironmentError(`${path.resolve(file)} can't be read: ${reasonOf(error)}.`)
  }
}
