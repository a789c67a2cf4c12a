import { z } from 'zod'

const PORT_SENTENCE = 'must be a whole number from 1 to 65535'
const BODY_SENTENCE = 'must be a whole number of bytes from 1024 to 67108864 (64 MiB)'

const FILE_SENTENCE = 'must be a whole number of bytes from 1024 to 10737418240 (10 GiB)'
const HOSTS_SENTENCE =
  'must be host names such as cdn.example.com, *.example.com or files.example.com:9000, separated by commas'
const HOST_PATTERN = /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*(:\d{1,5})?$/
const HOUR_SENTENCE = 'must be off, or an hour of the day from 0 to 23'
const SWITCH = z.enum(['true', 'false'], { error: 'must be true or false' }).default('false')

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
  PORT: z.coerce
    .number({ error: PORT_SENTENCE })
    .int(PORT_SENTENCE)
    .min(1, PORT_SENTENCE)
    .max(65_535, PORT_SENTENCE)
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an IP address')
    .default('127.0.0.1'),
  DATA_DIR: z.string().default('.waggle'),
  MAX_BODY_BYTES: z.coerce
    .number({ error: BODY_SENTENCE })
    .int(BODY_SENTENCE)
    .min(1024, BODY_SENTENCE)
    .max(64 * 1024 * 1024, BODY_SENTENCE)
    .default(1_048_576),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace and silent',
    })
    .default('info'),
  TRUST_PROXY: SWITCH.transform((value) => value === 'true'),
  ATTACHMENT_HOSTS: z
    .string()
    .transform((value) => value.split(',').map((host) => host.trim().toLowerCase()))
    .refine((hosts) => hosts.every((host) => HOST_PATTERN.test(host)), { message: HOSTS_SENTENCE })
    .optional(),
  ARCHIVE_ATTACHMENTS: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('on')
    .transform((value) => value === 'on'),
  ATTACHMENTS_DIR: z.string().optional(),
  ATTACHMENTS_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  ATTACHMENTS_BUCKET_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .optional(),
  ATTACHMENTS_BUCKET_REGION: z.string().default('us-east-1'),
  ATTACHMENTS_BUCKET_KEY_ID: z.string().optional(),
  ATTACHMENTS_BUCKET_SECRET: z.string().optional(),
  ATTACHMENT_MAX_BYTES: z.coerce
    .number({ error: FILE_SENTENCE })
    .int(FILE_SENTENCE)
    .min(1024, FILE_SENTENCE)
    .max(10 * 1024 ** 3, FILE_SENTENCE)
    .default(100 * 1024 * 1024),
  FETCH_ALLOW_LOOPBACK: SWITCH.transform((value) => value === 'true'),
  ENCRYPTION_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, 'must be 32 bytes as base64url, which are 43 characters')
    .optional(),
  REDELIVERY_ALLOW_LOOPBACK: SWITCH.transform((value) => value === 'true'),
  PARITY_CHECK_HOUR: z
    .string()
    .regex(/^(off|1?\d|2[0-3])$/, HOUR_SENTENCE)
    .default('3')
    .transform((value) => (value === 'off' ? undefined : Number(value))),
})

// Before the embedded database has started nobody knows its address.
const startSchema = schema.partial({ DATABASE_URL: true })

// The sample sender needs no database, and --secret may stand in for the secret.
const sendSchema = schema
  .pick({ INTEGRATION_UUID: true, HOST: true, PORT: true, MAX_BODY_BYTES: true })
  .partial({ INTEGRATION_UUID: true })

export type Env = z.output<typeof schema>
export type StartEnv = z.output<typeof startSchema>
export type SendEnv = z.output<typeof sendSchema>
export type Variables = Record<string, string | undefined>

/** A setting that is missing or wrong: one sentence that names the variable. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
}

/**
 * Checks a set of environment variables. An empty value counts as not set.
 *
 * @throws EnvironmentError with one sentence for each variable that is wrong; values are never repeated.
 */
export function parseEnv(variables: Variables): Env {
  return check(schema, variables)
}

/**
 * The same before a database is chosen: DATABASE_URL may be missing.
 *
 * @throws EnvironmentError as parseEnv does.
 */
export function parseStartEnv(variables: Variables): StartEnv {
  return check(startSchema, variables)
}

/**
 * The part of the settings that the sample sender needs.
 *
 * @throws EnvironmentError as parseEnv does.
 */
export function parseSendEnv(variables: Variables): SendEnv {
  return check(sendSchema, variables)
}

function check<T>(against: z.ZodType<T>, variables: Variables): T {
  const set = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = against.safeParse(set)
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

/** The variables that this process was started with; with `extra`, what a child process is to get. */
export function processVariables(extra: Variables = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...extra }
}

/**
 * Makes `variables` this process's settings, and its children's. Settings that are not among them are
 * emptied, because Next reads `.env` by itself and fills in whatever is still undefined.
 */
export function applyVariables(variables: Variables): void {
  for (const name of Object.keys(schema.shape)) process.env[name] = variables[name] ?? ''
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  checked = undefined
}
