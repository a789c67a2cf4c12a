import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLine, defuse, fuse } from '@/lib/export/csv'
import { parseCsv } from '@/tests/support/parse-csv'

describe('a line of CSV', () => {
  test('keeps numbers, truth and moments as they are', () => {
    const at = new Date('2026-11-22T03:04:05.006Z')
    expect(csvLine([-5, 1.5e300, true, at, null, ''])).toBe(
      '-5,1.5e+300,true,2026-11-22T03:04:05.006Z,,""\r\n',
    )
  })

  test('quotes what would break it', () => {
    expect(csvLine(['a,b', 'say "hi"', 'two\nlines', ' edge', 'plain'])).toBe(
      '"a,b","say ""hi""","two\nlines"," edge",plain\r\n',
    )
  })

  test('joins options', () => {
    expect(csvLine([['Gold', '=SUM(A1)'], []])).toBe('"Gold;\' =SUM(A1)",""\r\n')
  })
})

describe('what a spreadsheet could run', () => {
  test.each([
    ['=cmd()', "'=cmd()"],
    ['+49 30 1234', "'+49 30 1234"],
    ['-1+2', "'-1+2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['x,=1', "x,'=1"],
    ['x;=1', "x;'=1"],
    ['x";=1', `x";'=1`],
    ['x"=1', `x"'=1`],
    ['x\n=1', "x\n'=1"],
    ["'=1", "''=1"],
    ['a-b', 'a-b'],
    ['a = b', 'a = b'],
    ["it's", "it's"],
  ])('%j becomes %j', (text, safe) => {
    expect(defuse(text)).toBe(safe)
    expect(fuse(safe)).toBe(text)
  })

  const risky = fc.string({
    unit: fc.constantFrom(...'=+-@＝＋－＠\t\r\n ,;|"\'ax1\u00a0\u202e', '🎉'),
    maxLength: 30,
  })

  test('stands at the beginning of no cell, however the file is parted into cells', () => {
    fc.assert(
      fc.property(risky, (text) => {
        const file = csvLine(['first', text, 'last'])
        for (const separator of [',', ';', '\t', '|']) {
          for (const cell of file.split(/\r|\n/).flatMap((line) => line.split(separator))) {
            expect(cell.replace(/^"+/, '')).not.toMatch(/^[ \u00a0]*[=+\-@＝＋－＠]/)
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('can be given back as it was', () => {
    fc.assert(
      fc.property(fc.oneof(risky, fc.string({ unit: 'binary' })), (text) => {
        expect(fuse(defuse(text))).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })
})

test('a strict reader reads back what was written', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '=cmd()',
      '__proto__',
      'a"b',
      '\r\n',
      'שלום',
      '\u202egnp.exe',
      'x'.repeat(10_000),
    ),
  )
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 8 }),
      (rows) => {
        const read = parseCsv(rows.map(csvLine).join(''))
        expect(read.map((row) => row.map(fuse))).toEqual(rows)
      },
    ),
  )
})
