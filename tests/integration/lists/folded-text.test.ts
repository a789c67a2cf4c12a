import { expect, test } from 'vitest'
import { db } from '@/lib/db'

const LENGTH = 25_600

test('a text is folded in an index as what is searched for is folded', async () => {
  const ascii = Array.from({ length: 127 }, (_, n) => String.fromCharCode(n + 1))
  const texts = [
    '',
    ...ascii,
    ascii.join(''),
    'Ünïcödé ÀÉÎ ß ẞ İI ıi ﬁ Å Ω 漢字 ـعربي',
    'A'.repeat(LENGTH),
    'A'.repeat(LENGTH) + 'É',
    'É'.repeat(LENGTH) + 'A',
    '😀'.repeat(LENGTH + 1),
    `${'A'.repeat(LENGTH - 1)}e\u0301`,
  ]
  const differing = await db().$queryRaw<{ text: string }[]>`
    SELECT left(text, 20) AS text FROM unnest(${texts}::text[]) text
    WHERE folded_text(text) IS DISTINCT FROM fold_for_search(left(text, ${LENGTH}::int))`
  expect(differing).toEqual([])
  expect(await db().$queryRaw`SELECT folded_text(NULL) AS folded`).toEqual([{ folded: null }])
})
