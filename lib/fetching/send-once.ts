import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { checkedLookup, resolveName, type Resolve } from './checked-lookup'
import { FetchError } from './fetch-error'
import { checkIp, hostOf, type FetchPolicy } from './fetch-policy'

/** Limits of one fetch, in milliseconds and bytes. */
export type FetchLimits = {
  /** Until a connection stands: DNS, TCP and TLS. */
  connectMs: number
  /** Until an answer's headers are there, counted from the start of each request. */
  answerMs: number
  /** Without a single byte. */
  idleMs: number
  /** For all of it, redirects and body included. */
  totalMs: number
  /** Of the body, decoded. */
  maxBytes: number
  maxRedirects: number
}

export type FetchRequest = {
  method?: 'GET' | 'HEAD' | 'POST'
  headers?: Record<string, string>
  body?: Buffer
}

export type FetchOptions = {
  policy: FetchPolicy
  limits: FetchLimits
  request?: FetchRequest
  signal?: AbortSignal
  /** The machine's resolver unless given. */
  resolve?: Resolve
}

/** An answer whose body has not been read. `failure` names why it was ended, when a limit did that. */
export type Answer = {
  response: IncomingMessage
  failure: () => FetchError | null
  end: () => void
}

const MAX_HEADER_BYTES = 16 * 1024

/**
 * Sends one request and waits for the headers of the answer. Nothing is sent that the caller did not name,
 * but a host, an agent's name and what is needed to be understood: no cookie, no referrer, no credentials.
 *
 * @param signal Ends it at any time, with a FetchError as its reason.
 * @throws FetchError
 */
export function sendOnce(url: URL, options: FetchOptions, signal: AbortSignal): Promise<Answer> {
  const { policy, limits, request: wanted = {}, resolve = resolveName } = options
  return new Promise((accept, reject) => {
    let failure: FetchError | null = null
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: wanted.method ?? 'GET',
      // An agent of its own: no connection is ever shared with or kept for another request.
      agent: false,
      lookup: checkedLookup(policy, resolve),
      maxHeaderSize: MAX_HEADER_BYTES,
      insecureHTTPParser: false,
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'Waggle',
        ...wanted.headers,
      },
    })
    const end = () => {
      clearTimeout(connecting)
      clearTimeout(answering)
      signal.removeEventListener('abort', stop)
      request.destroy()
    }
    const fail = (error: FetchError) => {
      failure ??= error
      end()
      reject(failure)
    }
    const stop = () => fail(signal.reason as FetchError)
    const slow = (what: string) => () => fail(new FetchError('too_slow', what))
    const connecting = setTimeout(slow('It took too long to connect.'), limits.connectMs)
    const answering = setTimeout(slow('It took too long to answer.'), limits.answerMs)

    request.on('socket', (socket) => {
      socket.setTimeout(limits.idleMs, slow('It fell silent.'))
      socket.once('connect', () => {
        if (url.protocol === 'http:') clearTimeout(connecting)
        // Before anything is written: whatever happened on the way, this is who will read it.
        try {
          checkIp(socket.remoteAddress ?? 'an unknown address', hostOf(url), policy)
        } catch (error) {
          fail(error as FetchError)
        }
      })
      socket.once('secureConnect', () => clearTimeout(connecting))
    })
    request.on('response', (response) => {
      clearTimeout(answering)
      response.once('close', end)
      accept({ response, failure: () => failure, end })
    })
    request.on('upgrade', (_, socket) => {
      socket.destroy()
      fail(new FetchError('bad_answer', 'It wants to speak another protocol.'))
    })
    // For as long as it lives: an error may come after the answer as well.
    request.on('error', (error) => fail(toFetchError(error)))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop)
    request.end(wanted.body)
  })
}

/** What an error of a connection, a parser or a decoder means. */
export function toFetchError(error: unknown): FetchError {
  if (error instanceof FetchError) return error
  const { code = '' } = error as NodeJS.ErrnoException
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') {
    return new FetchError('unknown_host', 'Its host has no address at the moment.')
  }
  if (/^(HPE_|Z_|ERR_(?!TLS|SSL))/.test(code) || code === 'ECONNRESET') {
    return new FetchError('bad_answer', `The answer was broken or broken off (${code}).`)
  }
  return new FetchError('unreachable', `Its host could not be reached (${code || 'no reason'}).`)
}
