import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { FetchError } from './fetch-error'

const DECODERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * The decoded bytes of an answer, never more than `maxBytes`. They are counted as they come, after decoding:
 * neither a stated length nor a compression that swells is believed.
 *
 * @throws FetchError `too_large`, at once when the stated length says so, else while it is read; `bad_answer`
 *   for an encoding that nobody asked for and that Waggle does not know.
 */
export function limitedBody(response: IncomingMessage, maxBytes: number): AsyncIterable<Buffer> {
  const stated = Number(response.headers['content-length'])
  if (stated > maxBytes) throw tooLarge(maxBytes)
  return counted(decoded(response), maxBytes)
}

function decoded(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() || 'identity'
  if (encoding === 'identity') return response
  const create = Object.hasOwn(DECODERS, encoding) && DECODERS[encoding as keyof typeof DECODERS]
  if (!create) throw new FetchError('bad_answer', 'It is encoded in a way that Waggle cannot read.')
  // An error of either reaches whoever reads the decoder.
  return pipeline(response, create(), () => undefined)
}

async function* counted(source: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of source as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    yield chunk
  }
}

function tooLarge(maxBytes: number): FetchError {
  const mebibytes = Math.floor(maxBytes / 1024 / 1024)
  const limit = mebibytes > 0 ? `${mebibytes} MiB` : `${maxBytes} bytes`
  return new FetchError('too_large', `It is larger than the limit of ${limit}.`)
}
