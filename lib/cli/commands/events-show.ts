import { parseArgs } from 'node:util'
import { InvalidAddressError } from '@/lib/errors'
import type { EventDetail } from '@/lib/queries/get-event'
import { isEventId } from '@/lib/schemas/is-event-id'
import { EXIT, type Command } from './command'
import { EXIT_HELP, flagLine } from './filter-help'
import { printableJson, printableLines, printableText } from './printable-text'

export const command: Command = {
  help: `Usage: npm run waggle -- events show <event id> [flags]

Shows one stored event: what is known of its delivery, its attempts, and its body as it was received (secrets
redacted).

${flagLine('--json', 'one JSON object: the event, its attempts, its body as text')}
${flagLine('--body', 'the body alone, byte for byte as it is stored')}
${flagLine('--help', 'this text')}

Examples:
  npm run waggle -- events show 019f0a5c-7d3b-7c61-b0a4-5d1c8e0f2a77
  npm run waggle -- events show 019f0a5c-7d3b-7c61-b0a4-5d1c8e0f2a77 --body | jq .message

${EXIT_HELP}`,

  prepare(args) {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: 'boolean' }, body: { type: 'boolean' } },
      allowPositionals: true,
    })
    const id = readEventId(positionals)
    return async ({ out, err, isTerminal }) => {
      const { getEvent } = await import('@/lib/queries/get-event')
      const { getEventBody } = await import('@/lib/queries/get-event-body')
      const { listEventAttempts } = await import('@/lib/queries/list-event-attempts')
      const [event, body] = await Promise.all([getEvent(id), getEventBody(id)])
      if (!event || body === null) {
        err(`There is no event ${id}.\n`)
        return EXIT.notDone
      }
      if (values.body) {
        out(isTerminal ? `${printableLines(body)}\n` : body)
        return EXIT.done
      }
      const attempts = await listEventAttempts(event)
      const { claims, ...facts } = withoutBodyStart(event)
      if (values.json) {
        out(
          `${printableJson({ ...facts, claims: JSON.parse(claims) as unknown, attempts, body })}\n`,
        )
        return EXIT.done
      }
      for (const [name, value] of Object.entries({ ...facts, claims })) {
        if (value === null) continue
        const text = value instanceof Date ? value.toISOString() : String(value)
        out(`${name.padEnd(18)} ${printableText(text)}\n`)
      }
      out(`\n${printableLines(laidOut(body))}\n`)
      return EXIT.done
    }
  },
}

function withoutBodyStart(event: EventDetail): Omit<EventDetail, 'bodyStart' | 'bodyIsWhole'> {
  const { bodyStart, bodyIsWhole, ...facts } = event
  void [bodyStart, bodyIsWhole]
  return facts
}

/** @throws InvalidAddressError when it is not one event's id. */
export function readEventId(positionals: string[]): string {
  const [id, ...others] = positionals
  if (id === undefined) throw new InvalidAddressError('Which event? Give its id.')
  if (others.length > 0 || !isEventId(id)) {
    throw new InvalidAddressError(`“${printableText([id, ...others].join(' '))}” is no event’s id.`)
  }
  return id.toLowerCase()
}

function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
