import { ACCEPTED, refused } from './delivery'
import type { NastyCase, NastyOptions } from './nasty-deliveries'
import { partnershipEvent } from './nasty-partnerships'

/** Bodies around the size limit, and bytes that are no JSON, no UTF-8 or no object. */
export function nastyBytes({ source, maxBodyBytes }: NastyOptions): NastyCase[] {
  const eventType = 'partner_updated'
  const plain = () => partnershipEvent(source, { company_name: 'Nasty Bytes' }).body
  const text = (label: string, body: string, status: number): NastyCase => ({
    label,
    eventType,
    body,
    expected: status === 200 ? ACCEPTED : refused(status),
  })
  const bytes = (label: string, content: Uint8Array, status: number): NastyCase => ({
    ...text(label, '', status),
    bytes: content,
  })
  const ofSize = (size: number) => {
    const described = (description: string) =>
      partnershipEvent(source, { uuid: 'partnership_of_a_size', company_description: description })
        .body
    return described('d'.repeat(size - Buffer.byteLength(described(''))))
  }
  return [
    text('a body of exactly the limit', ofSize(maxBodyBytes), 200),
    text('a body one byte over the limit', ofSize(maxBodyBytes + 1), 413),
    text('a body of three times the limit', ofSize(3 * maxBodyBytes), 413),
    text(
      'a text of four-byte characters just under the limit',
      ofManyBytes(source, maxBodyBytes),
      200,
    ),
    text('JSON that stops in the middle', '{"partnership":{"uuid":"part', 400),
    text('no JSON at all', 'partnership=none', 400),
    text('a list instead of an object', '[]', 400),
    text('null', 'null', 400),
    text('nothing', '', 400),
    text('JSON with a trailing comma', '{"partnership":{"uuid":"x"},}', 400),
    text('JSON with a raw line break in a text', '{"partnership":{"uuid":"a\nb"}}', 400),
    text('two objects', '{}{}', 400),
    text('NaN as a number', '{"partnership":{"uuid":"x","n":NaN}}', 400),
    bytes('a UTF-8 byte order mark', Buffer.from(`\uFEFF${plain()}`), 200),
    bytes('UTF-16 with a byte order mark', Buffer.from(`\uFEFF${plain()}`, 'utf16le'), 400),
    bytes('UTF-16 without a byte order mark', Buffer.from(plain(), 'utf16le'), 400),
    bytes(
      'a byte that is not UTF-8',
      Buffer.from(plain().replace('Bytes', 'Byt\xE9s'), 'latin1'),
      400,
    ),
    bytes('an overlong encoding', Buffer.from(plain().replace('Bytes', '\xC0\xAF'), 'latin1'), 400),
    { ...text('a form instead of JSON', plain(), 415), contentType: 'text/plain' },
    {
      ...text('a media type that ends in +json', plain(), 200),
      contentType: 'application/vnd.journeybee+json; charset=utf-8',
    },
  ]
}

// Four bytes a character: a limit that counts characters would let it through four times too large.
function ofManyBytes(source: NastyOptions['source'], maxBodyBytes: number): string {
  return partnershipEvent(source, {
    company_description: '🐝'.repeat(Math.floor((maxBodyBytes - 1_000) / 4)),
  }).body
}
