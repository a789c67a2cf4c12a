import { parseArgs } from 'node:util'
import { InvalidAddressError } from '@/lib/errors'
import type { EventDetail } from '@/lib/queries/get-event'
import type { EventAttempt } from '@/lib/queries/list-event-attempts'
import { isEventId } from '@/lib/schemas/is-event-id'
import { EXIT, type Command } from './command'
import { EXIT_HELP, flagLine } from './filter-help'
import { printableJson, printableLines, printableText } from './printable-text'

export const command: Command = {
  help: `Usage: npm run waggle -- events show <event id> [flags]

Shows one stored event: what is known of its delivery, its attempts, and its body as it was received (secrets
redacted). Of a deleted message the body is shown without what the message said.

${flagLine('--json', 'one JSON object: the event, its attempts, its body as text')}
${flagLine('--body', 'the body alone, byte for byte as it is stored')}
${flagLine('--reveal', 'also what a deleted message said; who looks at it, and when, is recorded')}
${flagLine('--help', 'this text')}

Examples:
  npm run waggle -- events show 019f0a5c-7d3b-7c61-b0a4-5d1c8e0f2a77
  npm run waggle -- events show 019f0a5c-7d3b-7c61-b0a4-5d1c8e0f2a77 --body | jq .message

${EXIT_HELP}`,

  prepare(args) {
    const { values, positionals } = parseArgs({
      args,
      options: {
        json: { type: 'boolean' },
        body: { type: 'boolean' },
        reveal: { type: 'boolean' },
      },
      allowPositionals: true,
    })
    const id = readEventId(positionals)
    return async ({ out, err, isTerminal }) => {
      const { getEvent } = await import('@/lib/queries/get-event')
      const { listEventAttempts } = await import('@/lib/queries/list-event-attempts')
      const event = await getEvent(id)
      if (!event) {
        err(`There is no event ${id}.\n`)
        return EXIT.notDone
      }
      const body = await readBody(event, values.reveal ?? false)
      if (body === null) err(WITHHELD)
      if (values.body) {
        if (body === null) return EXIT.notDone
        out(isTerminal ? `${printableLines(body)}\n` : body)
        return EXIT.done
      }
      const attempts = await listEventAttempts(event)
      const shown = body ?? (event.bodyStart || null)
      const { claims, ...facts } = withoutBodyStart(event)
      if (values.json) {
        out(
          `${printableJson({ ...facts, claims: JSON.parse(claims) as unknown, attempts, body: shown })}\n`,
        )
        return EXIT.done
      }
      for (const [name, value] of Object.entries({ ...facts, claims })) {
        if (value === null) continue
        const text = value instanceof Date ? value.toISOString() : String(value)
        out(`${name.padEnd(18)} ${printableText(text)}\n`)
      }
      for (const attempt of attempts) out(`${'attempt'.padEnd(18)} ${attemptText(attempt)}\n`)
      if (shown !== null) out(`\n${printableLines(laidOut(shown))}\n`)
      return EXIT.done
    }
  },
}

const WITHHELD =
  'The message of this event was deleted: what it said is left out. --reveal shows it, which is recorded.\n'

// Null when it holds what a deleted message said and nobody has asked to see that.
async function readBody(event: EventDetail, reveal: boolean): Promise<string | null> {
  const { getEventBody } = await import('@/lib/queries/get-event-body')
  const { revealEventBody } = await import('@/lib/rooms/reveal-event-body')
  if (!event.textWithheld) return getEventBody(event.id)
  return reveal ? revealEventBody(event.id) : null
}

function attemptText({ finishedAt, trigger, outcome, actor, ...error }: EventAttempt): string {
  const parts = [
    finishedAt?.toISOString() ?? '—',
    trigger,
    outcome,
    actor && `by ${actor}`,
    error.errorCode,
    error.errorMessage,
  ]
  return printableText(parts.filter(Boolean).join(' · '))
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
