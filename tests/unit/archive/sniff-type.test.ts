import { expect, test } from 'vitest'
import { sniffType } from '@/lib/archive/sniff-type'

function bytes(latin: string): Buffer {
  return Buffer.from(latin, 'latin1')
}

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['image/gif', 'GIF89a\x01\0'],
  ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['image/avif', '\0\0\0\x20ftypavif\0\0\0\0'],
  ['application/pdf', '%PDF-1.7\n%\xe2\xe3\xcf\xd3'],
  ['text/plain', 'name,size\n1,2\n'],
  ['text/plain', ''],
  ['text/plain', '<html><script>alert(1)</script>'],
  ['text/plain', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['application/octet-stream', 'PK\x03\x04\x14\0\0\0'],
  ['application/octet-stream', 'MZ\x90\0'],
  ['application/octet-stream', '\xff\xfe<\0s\0'],
  ['application/octet-stream', 'not utf-8: \xe9t\xe9'],
  ['application/octet-stream', ' GIF89a\0'],
  ['application/octet-stream', 'RIFF\x24\0\0\0WAVEfmt '],
  ['application/octet-stream', '\0\0\0\x20ftypisom'],
])('%s is known by its bytes: %j', (type, start) => {
  expect(sniffType(bytes(start))).toBe(type)
})

test('text is text wherever the cut falls', () => {
  const text = Buffer.from('Grüße aus Tromsø 🐝')
  for (let end = 0; end <= text.length; end++) {
    expect(sniffType(text.subarray(0, end))).toBe('text/plain')
  }
})
