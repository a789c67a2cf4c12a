import { expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { listContacts } from '@/lib/queries/list-contacts'
import { insertContacts } from '../../support/read-model-rows'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }

const names = async () => {
  const { page } = await actingAs(reader, () => listContacts({ filters: [] }, {}))
  return page.rows.map(({ firstName }) => firstName)
}

test('a list is read while another process changes what its columns are', async () => {
  await insertContacts([{ uuid: 'mia', firstName: 'Mia', lastName: 'Kowalska' }])
  // Postgres keeps a plan for all values from the sixth time on.
  for (let n = 0; n < 8; n += 1) expect(await names()).toEqual(['Mia'])

  await db().$executeRawUnsafe('ALTER TABLE contact ALTER occurred_at TYPE timestamptz(6)')

  const answers = await Promise.all([names(), names(), names()])
  expect(answers).toEqual([['Mia'], ['Mia'], ['Mia']])
  expect(await names()).toEqual(['Mia'])
})
