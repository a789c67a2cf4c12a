import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { deliver, signToken } from '../support/deliver'

beforeEach(() => db().$executeRaw`TRUNCATE webhook_event`)

test.each([
  [
    'options',
    (faults: string) => `"custom_fields":[{"uuid":"f","type":"select","options":${faults}}]`,
  ],
  ['custom fields', (faults: string) => `"custom_fields":${faults}`],
])('hundreds of thousands of faulty %s are stored as invalid', async (_, place) => {
  const faults = `[${'{},'.repeat(199_999)}{}]`
  const body = `{"partnership":{"uuid":"p",${place(faults)}}}`
  const { status, answer } = await deliver({ token: await signToken(), body })
  expect([status, answer.status]).toEqual([200, 'invalid'])
  expect(await db().webhookEvent.count()).toBe(1)
})

test('a body with more faults than its schema can note is stored as invalid', async () => {
  const field = `{"uuid":"f","type":"select","options":[${'{},'.repeat(29)}{}]}`
  const body = `{"partnership":{"uuid":"p","custom_fields":[${`${field},`.repeat(7_000)}${field}]}}`
  const { status, answer } = await deliver({ token: await signToken(), body })
  expect([status, answer.status]).toEqual([200, 'invalid'])
  expect(await db().webhookEvent.findFirstOrThrow()).toMatchObject({ body, partnershipUuid: 'p' })
})
