import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { env } from '@/lib/env'
import { db } from '@/lib/db'
import { UnauthenticatedError } from '@/lib/errors'
import { listIntegrationSettings } from '@/lib/queries/list-integration-settings'
import { readSettings } from '@/lib/queries/read-settings'
import { readSystemState } from '@/lib/queries/read-system-state'
import { secretFingerprint } from '@/lib/secret-fingerprint'
import { storeEvent } from '@/tests/support/store-event'
import { TEST_SECRET } from '@/tests/support/own-database'

// Next's, outside of a request: a browser without cookies that asked for waggle.test.
vi.mock('next/headers', () => ({
  cookies: async () => new Map(),
  headers: async () => new Headers({ host: 'waggle.test:3000' }),
}))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const older = new Date('2026-03-01T12:00:00Z')
const newer = new Date('2026-03-01T13:00:00Z')

beforeAll(async () => {
  await storeEvent({ secretFingerprint: 'aaaa', receivedAt: older })
  await storeEvent({ secretFingerprint: 'bbbb', receivedAt: older, status: 'pending' })
  await storeEvent({ secretFingerprint: 'aaaa', receivedAt: newer, status: 'pending' })
  const version = { occurredAt: older, eventSeq: 1n, projectorVersion: 1 }
  await db().integrationSetting.createMany({
    data: [
      { companyUuid: 'b', sectionId: 's', settingId: 'x', value: null, ...version },
      { companyUuid: 'a', sectionId: 's', settingId: 'x', value: 'y'.repeat(501), ...version },
    ],
  })
})

describe('the settings in force', () => {
  test('name the secrets by fingerprint, and never tell one', async () => {
    const settings = await actingAs(user, readSettings)
    expect(settings).toMatchObject({
      webhookAddress: 'http://waggle.test:3000/api/webhooks/journeybee',
      secretFingerprints: [secretFingerprint(TEST_SECRET)],
      maxBodyBytes: 1_048_576,
      archive: { isOn: true, kind: 'directory', place: expect.stringContaining('attachments') },
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    })
    const { username, password } = new URL(env().DATABASE_URL)
    const told = JSON.stringify(settings)
    for (const secret of [TEST_SECRET, env().ADMIN_PASSWORD, `${username}:${password}@`]) {
      expect(told).not.toContain(secret)
    }
  })
})

test('the state of the system tells what waits, and which secret is in use', async () => {
  const state = await actingAs(user, readSystemState)
  expect(state.databaseVersion).toMatch(/^\d+/)
  expect(state.databaseMs).toBeGreaterThan(0)
  expect(state.pending).toEqual({ count: 2, exact: true })
  expect(state.lastEventAt).toEqual(newer)
  expect([...state.secretLastUsed].sort()).toEqual([
    ['aaaa', newer],
    ['bbbb', older],
  ])
})

test("the integration's configuration is listed by company, and cut", async () => {
  const rows = await actingAs(user, listIntegrationSettings)
  expect(rows).toEqual([
    { companyUuid: 'a', sectionId: 's', settingId: 'x', value: 'y'.repeat(500), changedAt: older },
    { companyUuid: 'b', sectionId: 's', settingId: 'x', value: null, changedAt: older },
  ])
})

test('nothing is told without a signed-in user', async () => {
  await expect(readSettings()).rejects.toThrow(UnauthenticatedError)
  await expect(readSystemState()).rejects.toThrow(UnauthenticatedError)
  await expect(listIntegrationSettings()).rejects.toThrow(UnauthenticatedError)
})
