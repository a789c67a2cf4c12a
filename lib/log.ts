import pino from 'pino'
import { logLevel } from './env'

/**
 * The process's log: one JSON line an entry on stdout. Headers, tokens, secrets and bodies never go in;
 * the paths below are a second lock on that door.
 */
export const log = pino({
  level: logLevel(),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: ['api_key', 'external_settings', 'authorization', 'token', 'password', 'secret'].flatMap(
      (key) => [key, `*.${key}`],
    ),
    censor: '[redacted]',
  },
})
