import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { listContacts } from '@/lib/queries/list-contacts'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { insertContacts, insertPartnerships } from '../../support/read-model-rows'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }

const MANY = 120

beforeAll(async () => {
  await insertPartnerships([
    ...Array.from({ length: MANY }, (_, n) => ({ uuid: `wind_${n}`, companyName: 'Nordwind' })),
    { uuid: 'wing', companyName: 'Nordwing' },
    { uuid: 'robotics', companyName: 'Quantum Robotics', companyDomain: 'quantum.example' },
    { uuid: 'robin', companyName: 'Quantum Robin Foods' },
    { uuid: 'commerz', companyName: 'Commerzbank Frankfurt' },
    { uuid: 'volks', companyName: 'Volksbank Frankfurt' },
    { uuid: 'jonsa', companyName: 'Smith & Jonas' },
    { uuid: 'cyrillic', companyName: 'Ветер Логистик' },
    { uuid: 'percent', companyName: 'Hundred%Percent_Organic' },
    { uuid: 'apart', companyName: 'Meadow' },
    { uuid: 'apart_too', companyName: 'Harbour' },
    { uuid: 'both', companyName: 'Jonson Analytics' },
    { uuid: 'meant', companyName: 'Johnson Media' },
  ])
  await insertContacts([
    { uuid: 'mia', firstName: 'Mia', lastName: 'Kowalska', email: 'mia@numbat.example' },
    { uuid: 'max', firstName: 'Max', lastName: 'Kowalski', email: 'max@wombat.example' },
    { uuid: 'bjorn', firstName: 'Björn', lastName: 'Tanaka', email: 'bt@numbat.example' },
  ])
})

async function partnerships(q: string) {
  const answer = await actingAs(reader, () => listPartnerships({ q, filters: [] }, {}))
  return { found: answer.page.rows.map(({ uuid }) => uuid), instead: answer.searchedInstead }
}

async function contacts(q: string) {
  const answer = await actingAs(reader, () => listContacts({ q, filters: [] }, {}))
  return answer.page.rows.map(({ uuid }) => uuid).toSorted()
}

describe('a search for what nothing has', () => {
  test.each([
    ['quamtum robtics', ['robotics'], [['quantum'], ['robotics']]],
    ['robtics qunatum', ['robotics'], [['robotics'], ['quantum']]],
    ['QUAMTUM', ['robin', 'robotics'], [['quantum']]],
    ['веетр', ['cyrillic'], [['ветер']]],
    ['hundrd percnt', ['percent'], [['hundred'], ['percent']]],
    ['smiht & jonas', ['jonsa'], [['smith']]],
    ['quantm quamtum', ['robin', 'robotics'], [['quantum'], ['quantum']]],
    ['roboticss', ['robotics'], [['robotics']]],
    // However many come first: only what is one error away is meant.
    ['nordwingg', ['wing'], [['nordwing']]],
    // What was typed right stays as it is, however like another word is to it.
    ['bank frankfrt', ['commerz', 'volks'], [['frankfurt']]],
    // Until that finds nothing.
    ['jonson media', ['meant'], [['johnson']]],
  ])('looks for what is one typing error away from %s', async (q, found, instead) => {
    const answer = await partnerships(q)
    expect(answer.found.toSorted()).toEqual(found)
    expect(answer.instead).toEqual(instead)
  })

  test('finds nothing where no row has something like all of the words', async () => {
    expect((await partnerships('meadwo harbuor')).found).toEqual([])
    expect((await partnerships('harbuor')).found).toEqual(['apart_too'])
  })

  test('finds names and addresses of people', async () => {
    expect(await contacts('mia@numbta.example')).toEqual(['mia'])
    expect(await contacts('kowalsky')).toEqual(['max', 'mia'])
    expect(await contacts('bjrn')).toEqual(['bjorn'])
    expect(await contacts('tnaaka')).toEqual(['bjorn'])
  })

  test.each([
    '@@@@@',
    '%%%',
    '____',
    '\\\\',
    "'; DROP TABLE partnership; --",
    'qx',
    '日本語会社',
    'ab(c[d*e+f?',
    'c+++',
    Array.from({ length: 40 }, (_, n) => `w${n}x`).join(' '),
    'x'.repeat(200),
  ])('finds nothing that is not meant: %s', async (q) => {
    expect((await partnerships(q)).found).toEqual([])
  })
})
