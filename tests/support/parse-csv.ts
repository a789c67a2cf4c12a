/**
 * A strict reader of RFC 4180: throws on a quotation mark where none may be, on a line end that is not
 * CRLF outside quotes, on lines of different lengths, and on a last line that is not ended.
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let place = 0
  while (place < text.length) {
    const { value, end } = text[place] === '"' ? quoted(text, place) : plain(text, place)
    row.push(value)
    place = end
    if (text[place] === ',') {
      place++
    } else if (text.startsWith('\r\n', place)) {
      rows.push(row)
      if (row.length !== rows[0]?.length) throw new Error(`line ${rows.length} has other fields`)
      row = []
      place += 2
    } else {
      throw new Error(`neither a comma nor a line end at ${place}`)
    }
  }
  if (row.length > 0) throw new Error('the last line is not ended')
  return rows
}

function quoted(text: string, start: number) {
  let value = ''
  for (let place = start + 1; place < text.length; place++) {
    if (text[place] !== '"') value += text[place]
    else if (text[place + 1] === '"') value += text[place++]
    else return { value, end: place + 1 }
  }
  throw new Error('a quotation mark is not closed')
}

function plain(text: string, start: number) {
  const end = start + (/[,\r\n]/.exec(text.slice(start))?.index ?? text.length - start)
  const value = text.slice(start, end)
  if (value.includes('"')) throw new Error(`a quotation mark inside a field at ${start}`)
  return { value, end }
}
