import { expect, test } from 'vitest'
import { parseEnv, parseStartEnv } from '@/lib/env'

const COMPLETE = {
  INTEGRATION_UUID: 'integration_11111111-2222-4333-8444-555555555555',
  ADMIN_EMAIL: 'Admin@Waggle.test',
  ADMIN_PASSWORD: 'correct horse battery staple',
  DATABASE_URL: 'postgres://user:secret@db.test/waggle',
}

test('what is not set has a default', () => {
  expect(parseEnv(COMPLETE)).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    DATA_DIR: '.waggle',
    MAX_BODY_BYTES: 1_048_576,
    LOG_LEVEL: 'info',
    TRUST_PROXY: false,
  })
})

test('the hour of the nightly check is three, another one, or none', () => {
  const hour = (text?: string) =>
    parseEnv({ ...COMPLETE, PARITY_CHECK_HOUR: text }).PARITY_CHECK_HOUR
  expect([hour(), hour('0'), hour('7'), hour('23'), hour('off')]).toEqual([3, 0, 7, 23, undefined])
})

test('several secrets are separated by commas, an empty value counts as not set', () => {
  const env = parseEnv({ ...COMPLETE, INTEGRATION_UUID: ' first-secret , second-secret', PORT: '' })
  expect(env.INTEGRATION_UUID).toEqual(['first-secret', 'second-secret'])
  expect(env.PORT).toBe(3000)
})

test.each([
  ['PORT', 'abc', 'PORT must be a whole number from 1 to 65535.'],
  ['PORT', '70000', 'PORT must be a whole number from 1 to 65535.'],
  ['PORT', '0', 'PORT must be a whole number from 1 to 65535.'],
  ['HOST', 'not a host', 'HOST must be a host name or an IP address.'],
  [
    'MAX_BODY_BYTES',
    '5',
    'MAX_BODY_BYTES must be a whole number of bytes from 1024 to 67108864 (64 MiB).',
  ],
  ['ADMIN_EMAIL', 'nobody', 'ADMIN_EMAIL must be an e-mail address.'],
  ['ADMIN_PASSWORD', 'short', 'ADMIN_PASSWORD must have at least 8 characters.'],
  ['DATABASE_URL', 'mysql://x', 'DATABASE_URL must start with postgres:// or postgresql://.'],
  ['PUBLIC_URL', 'ftp://x.test', 'PUBLIC_URL must be an http or https address.'],
  [
    'LOG_LEVEL',
    'loud',
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace and silent.',
  ],
  ['PARITY_CHECK_HOUR', '24', 'PARITY_CHECK_HOUR must be '],
  ['PARITY_CHECK_HOUR', '-1', 'PARITY_CHECK_HOUR must be '],
  ['PARITY_CHECK_HOUR', '3:30', 'PARITY_CHECK_HOUR must be '],
  ['ATTACHMENT_HOSTS', 'https://cdn.example/', 'ATTACHMENT_HOSTS must be host names such as'],
  ['ATTACHMENT_HOSTS', 'cdn.example, *', 'ATTACHMENT_HOSTS must be host names such as'],
  ['ARCHIVE_ATTACHMENTS', 'false', 'ARCHIVE_ATTACHMENTS must be on or off.'],
  ['ATTACHMENTS_BUCKET', 'Not A Bucket', 'ATTACHMENTS_BUCKET must be the name of a bucket.'],
  ['ATTACHMENT_MAX_BYTES', '12', 'ATTACHMENT_MAX_BYTES must be a whole number of bytes'],
  ['FETCH_ALLOW_LOOPBACK', 'yes', 'FETCH_ALLOW_LOOPBACK must be true or false.'],
  ['REDELIVERY_ALLOW_LOOPBACK', '1', 'REDELIVERY_ALLOW_LOOPBACK must be true or false.'],
  ['ENCRYPTION_KEY', 'short', 'ENCRYPTION_KEY must be 32 bytes as base64url'],
  ['TRUST_PROXY', 'yes', 'TRUST_PROXY must be true or false.'],
  [
    'INTEGRATION_UUID',
    'short',
    'INTEGRATION_UUID must be one or more secrets of at least 8 characters, separated by commas.',
  ],
])('%s=%s is refused with a sentence that names it', (name, value, sentence) => {
  expect(() => parseEnv({ ...COMPLETE, [name]: value })).toThrow(sentence)
})

test('a refusal does not repeat the value, which may be a secret', () => {
  const attempt = () =>
    parseEnv({ ...COMPLETE, ADMIN_PASSWORD: 'hunter2', DATABASE_URL: 'hunter2' })
  expect(attempt).toThrow(/ADMIN_PASSWORD.*\nDATABASE_URL/)
  expect(attempt).not.toThrow(/hunter2/)
})

test('before a database is chosen DATABASE_URL may be missing, afterwards not', () => {
  const rest = { ...COMPLETE, DATABASE_URL: undefined }
  expect(parseStartEnv(rest).DATABASE_URL).toBeUndefined()
  expect(() => parseEnv(rest)).toThrow('DATABASE_URL is missing.')
})
