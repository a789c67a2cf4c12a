import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAsExpected } from '@/lib/cli/send-summary'
import { sendTraffic } from '@/lib/cli/send-traffic'
import { db } from '@/lib/db'
import { drainPending } from '@/lib/projector/drain-pending'
import { generateTraffic } from '@/lib/samples/generate-traffic'
import { TEST_SECRET } from '../support/own-database'
import { serveWebhook } from '../support/serve-webhook'

let server: Server

beforeAll(async () => {
  server = await serveWebhook()
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('nasty traffic is answered as it expects, stored once, and projected without a failure', async () => {
  const { port } = server.address() as AddressInfo
  const summary = await sendTraffic(
    generateTraffic({ seed: 5, partnerships: 20, messages: 150, nasty: true }),
    {
      url: new URL(`http://127.0.0.1:${port}/api/webhooks/journeybee`),
      secret: TEST_SECRET,
      concurrency: 8,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  )
  expect(summary.deviations).toEqual([])
  expect(isAsExpected(summary)).toBe(true)

  await drainPending()
  const rows = await db().webhookEvent.groupBy({ by: ['status'], _count: true })
  const stored = Object.fromEntries(rows.map(({ status, _count }) => [status, _count]))
  expect(stored).toEqual({
    applied: summary.counts.accepted,
    duplicate: summary.counts.duplicate,
    invalid: summary.counts.invalid,
    unsupported: summary.counts.unsupported,
  })
}, 60_000)
