import pino from 'pino'
import { logLevel } from './env'

let stream = pino.destination(1)

/**
 * The process's log: one JSON line an entry on stdout. Headers, tokens, secrets and bodies never go in;
 * the paths below are a second lock on that door.
 */
export const log = pino(
  {
    level: logLevel(),
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'api_key',
        'external_settings',
        'authorization',
        'token',
        'password',
        'secret',
      ].flatMap((key) => [key, `*.${key}`]),
      censor: '[redacted]',
    },
  },
  { write: (line) => stream.write(line) },
)

/**
 * From now on the log goes to standard error, in the level that the settings say by now: for programs whose standard
 * output is what they were asked for.
 */
export function logToStderr(): void {
  stream = pino.destination(2)
  log.level = logLevel()
}
