import { symbols } from 'pino'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { log } from '@/lib/log'
import { deliver, signToken } from '../support/deliver'
import { TEST_SECRET } from '../support/own-database'

beforeEach(() => db().$executeRaw`TRUNCATE webhook_event`)

const SECRETS = [
  'key-of-the-claims',
  'setting-of-the-claims',
  'key-of-the-body',
  'setting-of-the-body',
]

const body = String.raw`{"api_key":"key-of-the-body",  "external\u005fsettings": {"pw":"setting-of-the-body"},
  "partnership":{"uuid":"p","api_key_hint":1.0,"company_name":"x"}}`

// What pino writes to its stream: the lines themselves, not what they were made of.
function listenToLog(): string[] {
  const lines: string[] = []
  const stream = (log as unknown as Record<symbol, { write: (line: string) => void }>)[
    symbols.streamSym
  ]
  if (!stream) throw new Error('pino has no stream')
  vi.spyOn(stream, 'write').mockImplementation((line) => void lines.push(line))
  log.level = 'trace'
  return lines
}

test.each(['partner_created', 'message_created', 'deal_created'])(
  'neither the row nor the log line of %s holds a secret or the token',
  async (event_id) => {
    const token = await signToken({
      event_id,
      api_key: 'key-of-the-claims',
      external_settings: { nested: ['setting-of-the-claims'] },
      iat: 1_790_000_000,
    })
    const lines = listenToLog()
    const answers = [await deliver({ token, body }), await deliver({ token, body })]
    await deliver({ token: `${token}x`, body })
    await deliver({ token, body: `${body}}` })
    log.level = 'silent'
    expect(answers[1]?.answer.status).toBe('duplicate')

    const rows = await db().$queryRaw<{ row: string }[]>`
      SELECT webhook_event::text AS row FROM webhook_event`
    expect(rows).toHaveLength(2)
    expect(lines).toHaveLength(2)
    for (const text of [...rows.map(({ row }) => row), ...lines]) {
      for (const secret of [...SECRETS, token, TEST_SECRET]) expect(text).not.toContain(secret)
    }
  },
)

test('apart from the secrets the body is stored byte for byte', async () => {
  await deliver({ token: await signToken(), body })
  const stored = await db().webhookEvent.findFirstOrThrow()
  expect(stored.body).toBe(
    body
      .replace('"key-of-the-body"', '"[redacted]"')
      .replace('{"pw":"setting-of-the-body"}', '"[redacted]"'),
  )
})
