import { expect, test } from 'vitest'
import { eventIdRange, idRange } from '@/lib/queries/palette/id-range'
import { Prisma } from '@/lib/db'

test.each([
  ['019aa1', '019aa100-0000-0000-0000-000000000000', '019aa1ff-ffff-ffff-ffff-ffffffffffff'],
  ['019AA1B2-c3', '019aa1b2-c300-0000-0000-000000000000', '019aa1b2-c3ff-ffff-ffff-ffffffffffff'],
  [
    '019aa1b2-c3d4-7000-8000-000000000001',
    '019aa1b2-c3d4-7000-8000-000000000001',
    '019aa1b2-c3d4-7000-8000-000000000001',
  ],
])('%s is the beginning of the ids from %s to %s', (q, first, last) => {
  expect(eventIdRange(q)).toEqual({ first, last })
})

test.each(['019aa', 'partner', '01-9aa1b2', '019aa1b2c3d4-', `${'0'.repeat(33)}`, '019aa1 b2'])(
  '%s is the beginning of no event’s id',
  (q) => expect(eventIdRange(q)).toBeNull(),
)

test('a text that fits everything, or is no id, is not looked up as one', () => {
  for (const q of ['abc', 'two words', 'x'.repeat(201)]) {
    expect(idRange(Prisma.sql`uuid`, q)).toBeNull()
  }
})
