import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { listContacts } from '@/lib/queries/list-contacts'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { insertContacts, insertPartnerships } from '../../support/read-model-rows'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }

beforeAll(async () => {
  await insertPartnerships([
    { uuid: 'robotics', companyName: 'Quantum Robotics', companyDomain: 'quantum.example' },
    { uuid: 'robin', companyName: 'Quantum Robin Foods' },
    { uuid: 'nord', companyName: 'Nord Logistik' },
    { uuid: 'north', companyName: 'Norte Logistik' },
    { uuid: 'cyrillic', companyName: 'Нордвинд Логистик' },
    { uuid: 'percent', companyName: 'Hundred%Percent_Organic' },
    { uuid: 'apart', companyName: 'Meadow' },
    { uuid: 'apart_too', companyName: 'Harbour' },
  ])
  await insertContacts([
    { uuid: 'mia', firstName: 'Mia', lastName: 'Kowalska', email: 'mia@numbat.example' },
    { uuid: 'max', firstName: 'Max', lastName: 'Kowalski', email: 'max@wombat.example' },
  ])
})

async function partnerships(q: string) {
  const answer = await actingAs(reader, () => listPartnerships({ q, filters: [] }, {}))
  return { found: answer.page.rows.map(({ uuid }) => uuid), instead: answer.searchedInstead }
}

describe('a search for what nothing has', () => {
  test.each([
    ['quamtum robtics', ['robotics'], ['quantum', 'robotics']],
    ['QUAMTUM', ['robin', 'robotics'], ['quantum']],
    ['нордвнид', ['cyrillic'], ['нордвинд']],
    ['hundrd percnt', ['percent'], ['hundred', 'percent']],
    // What was typed right stays as it is, however like another word is to it.
    ['nord lgistik', ['nord'], ['nord', 'logistik']],
  ])('looks for what is like %s', async (q, found, instead) => {
    const answer = await partnerships(q)
    expect(answer.found).toEqual(found)
    expect(new Set(answer.instead)).toEqual(new Set(instead))
  })

  test('takes the words of a row that has something like all of them', async () => {
    // There are "Meadow" and "Harbour", and nothing that has both.
    expect((await partnerships('meadwo harbuor')).found).toEqual([])
    expect((await partnerships('harbuor')).found).toEqual(['apart_too'])
    expect((await partnerships('quantm fods')).found).toEqual(['robin'])
  })

  test('takes an address apart', async () => {
    const find = async (q: string) => {
      const answer = await actingAs(reader, () => listContacts({ q, filters: [] }, {}))
      return answer.page.rows.map(({ uuid }) => uuid)
    }
    expect(await find('mia@numbta.example')).toEqual(['mia'])
    expect(await find('kowalsky')).toEqual(expect.arrayContaining(['mia', 'max']))
  })

  test.each([
    '@@@@@',
    '%%%',
    "'; DROP TABLE partnership; --",
    'qx',
    '日本語',
    Array.from({ length: 40 }, (_, n) => `w${n}x`).join(' '),
    'quamtum '.repeat(20).trim(),
  ])('is answered whatever is typed: %s', async (q) => {
    const { found, instead } = await partnerships(q)
    expect(found.length).toBeLessThanOrEqual(2)
    expect(found.length > 0).toBe(instead === null || instead.length > 0)
  })
})
