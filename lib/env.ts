import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)

const schema = z.object({
  INTEGRATION_UUID: z
    .string({ error: 'is missing: set it to the Integration UUID that JourneyBee shows' })
    .transform((value) => value.split(',').map((secret) => secret.trim()))
    .refine((secrets) => secrets.every((secret) => secret.length >= 8), {
      message: 'must be one or more secrets of at least 8 characters, separated by commas',
    }),
  ADMIN_EMAIL: z.email('must be an e-mail address').transform((value) => value.toLowerCase()),
  ADMIN_PASSWORD: z
    .string({ error: 'is missing' })
    .min(8, 'must have at least 8 characters')
    .max(200, 'must have at most 200 characters'),
  DATABASE_URL: z
    .string({ error: 'is missing' })
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must start with postgres:// or postgresql://'),
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  MAX_BODY_BYTES: z.coerce
    .number()
    .int()
    .min(1024, 'must be at least 1024 bytes')
    .max(64 * 1024 * 1024, 'must be at most 67108864 bytes (64 MiB)')
    .default(1_048_576),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .default('false')
    .transform((value) => value === 'true'),
})

export type Env = z.output<typeof schema>

/** A setting that is missing or wrong: one sentence that names the variable. */
export class EnvironmentError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EnvironmentError'
  }
}

/**
 * Checks a set of environment variables. An empty value counts as not set.
 *
 * @throws EnvironmentError with one sentence for each variable that is wrong; values are never repeated.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = schema.safeParse(set)
  if (result.success) return result.data
  const sentences = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`)
  throw new EnvironmentError([...new Set(sentences)].join('\n'))
}

let checked: Env | undefined

/** The process's settings, checked once. Not read while a module loads: the build runs without them. */
export function env(): Env {
  return (checked ??= parseEnv(process.env))
}

/** The log's level, readable before the rest has been checked; a wrong one is refused by `env()`. */
export function logLevel(): Env['LOG_LEVEL'] {
  return schema.shape.LOG_LEVEL.catch('info').parse(process.env.LOG_LEVEL || undefined)
}
