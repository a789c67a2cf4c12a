import { expect, test } from 'vitest'
import { contentDisposition, safeFileName } from '@/lib/archive/content-disposition'

test.each([
  ['plan.pdf', 'filename="plan.pdf"; filename*=UTF-8\'\'plan.pdf'],
  [
    'Übersicht 2026.pdf',
    'filename="_bersicht 2026.pdf"; filename*=UTF-8\'\'%C3%9Cbersicht%202026.pdf',
  ],
  ['a"b\\c.pdf', 'filename="a_b_c.pdf"; filename*=UTF-8\'\'a_b_c.pdf'],
  ["it's (1)*.pdf", "filename=\"it's (1)_.pdf\"; filename*=UTF-8''it%27s%20%281%29_.pdf"],
  ['50%41.pdf', 'filename="50_41.pdf"; filename*=UTF-8\'\'50%2541.pdf'],
])('a name is told in ASCII and in UTF-8: %s', (name, header) => {
  expect(contentDisposition('attachment', name)).toBe(`attachment; ${header}`)
})

test.each([
  ['a\r\nSet-Cookie: x=y', 'aSet-Cookie_ x=y'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['a\u0000\u0007\u007f\u2028b', 'ab'],
  ['half \ud83d.png', 'half .png'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['C:\\windows\\x.dll', 'C__windows_x.dll'],
  ['.htaccess', 'htaccess'],
  [' name . ', 'name'],
  ['\u200b', 'file'],
  ['...', 'file'],
  [null, 'file'],
])('a name loses what does not belong into one: %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe)
})

test('a long name keeps its extension', () => {
  const name = safeFileName(`${'ü'.repeat(400)}.docx`)
  expect([...name]).toHaveLength(150)
  expect(name).toMatch(/ü\.docx$/)
})
