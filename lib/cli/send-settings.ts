import { readFileSync } from 'node:fs'
import { parse } from 'dotenv'
import { EnvironmentError, parseSendEnv, processVariables, type SendEnv } from '@/lib/env'
import { reasonOf } from '@/lib/runtime/start-error'
import { WEBHOOK_PATH } from '@/lib/webhook-address'

/**
 * The sender's settings: real variables win over `.env` (or ENV_FILE), which is read and never written.
 *
 * @throws EnvironmentError with a sentence for each variable that is wrong, or why the file can't be read.
 */
export function readSendSettings(): SendEnv {
  const variables = processVariables()
  const file = variables.ENV_FILE || '.env'
  const real = Object.entries(variables).filter(([, value]) => value)
  return parseSendEnv({ ...readVariables(file), ...Object.fromEntries(real) })
}

function readVariables(file: string): Record<string, string> {
  try {
    return parse(readFileSync(file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new EnvironmentError(`${file} can't be read: ${reasonOf(error)}.`)
  }
}

/**
 * Where to post to: an address as given, with the webhook's path when it has none; without one the
 * server of the settings, on this machine.
 */
export function webhookUrl(given: URL | undefined, { HOST, PORT }: SendEnv): URL {
  const url = new URL(given ?? `http://${reachableHost(HOST)}:${PORT}`)
  if (url.pathname === '/') url.pathname = WEBHOOK_PATH
  return url
}

// HOST is where the server listens; "everywhere" is no address to connect to.
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
