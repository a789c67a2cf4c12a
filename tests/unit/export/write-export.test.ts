import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Cell, ExportRows } from '@/lib/export/cell'
import { attachmentDisposition, exportFileName } from '@/lib/export/file-name'
import { streamText } from '@/lib/export/stream-text'
import { writeExport, type ExportFormat } from '@/lib/export/write-export'
import { parseCsv } from '@/tests/support/parse-csv'

const columns = [
  { key: 'name', label: 'Name', type: 'text' },
  { key: '__proto__', label: '=Name', type: 'number' },
]

async function* inBatches(rows: Cell[][], size = 2): AsyncGenerator<Cell[][]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}

const source = (rows: Cell[][], count = rows.length): ExportRows => ({
  list: 'partnerships',
  columns,
  count,
  batches: inBatches(rows),
})

const write = (from: ExportRows, format: ExportFormat) =>
  new Response(streamText(writeExport(from, format))).text()

describe('an export', () => {
  test('as CSV begins with a byte order mark and the labels', async () => {
    const bytes = await new Response(streamText(writeExport(source([['Zoë', 1]]), 'csv'))).bytes()
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(new TextDecoder().decode(bytes)).toBe("Name,'=Name\r\nZoë,1\r\n")
  })

  test('as JSON says what the columns are, and last how many rows there were', async () => {
    const text = await write(
      source([
        ['Acme', 1],
        ['Globex', null],
        ['Wayne', 3],
      ]),
      'json',
    )
    expect(text).toBe(
      '{"list":"partnerships","columns":[{"key":"name","label":"Name","type":"text"},' +
        '{"key":"__proto__","label":"=Name","type":"number"}],"rows":[\n' +
        '{"name":"Acme","__proto__":1},\n{"name":"Globex","__proto__":null},\n' +
        '{"name":"Wayne","__proto__":3}\n],"count":3}\n',
    )
  })

  test('names columns of one label by their keys as well, as CSV', async () => {
    const keys = ['name', 'field~a~1', 'field~a~2']
    const named = keys.map((key) => ({
      key,
      label: key === 'name' ? 'Name' : 'Note',
      type: 'text',
    }))
    const text = await write({ ...source([]), columns: named }, 'csv')
    expect(parseCsv(text)).toEqual([['Name', 'Note (field~a~1)', 'Note (field~a~2)']])
  })

  test('of no rows is whole too', async () => {
    expect(JSON.parse(await write(source([]), 'json'))).toMatchObject({ rows: [], count: 0 })
    expect(parseCsv(await write(source([]), 'csv'))).toEqual([['Name', "'=Name"]])
  })

  test('holds what it was given, whatever it is', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string()),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 9 }), async (rows) => {
        const text = await write(source(rows), 'json')
        const pairs = (JSON.parse(text) as { rows: Record<string, unknown>[] }).rows.map((row) => [
          Object.getOwnPropertyDescriptor(row, 'name')?.value as unknown,
          Object.getOwnPropertyDescriptor(row, '__proto__')?.value as unknown,
        ])
        expect(pairs).toEqual(JSON.parse(JSON.stringify(rows)))
      }),
    )
  })

  test.each(['csv', 'json'] as const)('as %s breaks off when rows are missing', async (format) => {
    await expect(write(source([['Acme', 1]], 2), format)).rejects.toThrow('1 rows where 2')
  })
})

describe('a stream of texts', () => {
  function counted() {
    const state = { given: 0, ended: false }
    async function* texts() {
      try {
        for (;;) {
          state.given++
          yield 'x'.repeat(40_000)
        }
      } finally {
        state.ended = true
      }
    }
    return { state, texts: texts() }
  }

  test('takes no more than its reader does', async () => {
    const { state, texts } = counted()
    const reader = streamText(texts).getReader()
    await reader.read()
    await reader.read()
    expect(state.given).toBeLessThanOrEqual(6)
    await reader.cancel()
    expect(state.ended).toBe(true)
  })

  test('ends what it reads when it is given up', async () => {
    const { state, texts } = counted()
    const given = new AbortController()
    const reader = streamText(texts, { signal: given.signal }).getReader()
    await reader.read()
    given.abort(new Error('gone'))
    await expect(reader.read()).rejects.toThrow('gone')
    await expect.poll(() => state.ended).toBe(true)
  })
})

test('a stream whose reader falls asleep is given up, and says that it ended', async () => {
  const onEnd = vi.fn()
  async function* texts() {
    for (;;) yield 'x'.repeat(70_000)
  }
  const reader = streamText(texts(), { idleMs: 1, onEnd }).getReader()
  await reader.read()
  await expect.poll(() => onEnd.mock.calls.length).toBe(1)
  await expect(reader.read().then(() => reader.read())).rejects.toThrow('nobody read on')
})

test('a file is named after its list and day, and is to be saved', () => {
  const name = exportFileName('custom-fields', 'csv', new Date('2026-11-22T23:59:00Z'))
  expect(name).toBe('waggle-custom-fields-2026-11-22.csv')
  expect(attachmentDisposition(name)).toBe(
    `attachment; filename="${name}"; filename*=UTF-8''${name}`,
  )
})
