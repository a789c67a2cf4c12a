import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { filterOptions, readFilterFlags } from '@/lib/event-filter/event-filter-flags'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { EXIT, type Command } from './command'
import { EVENT_HEADS, eventLine } from './event-line'
import { EXIT_HELP, filterHelp, flagLine } from './filter-help'
import { printableJson } from './printable-text'

const POLL_MS = 500
const BATCH = 1_000
// Events whose commit comes after that of later ones are looked for this far back.
const OVERLAP = 500n
const REMEMBERED = 4_000

export const command: Command = {
  help: `Usage: npm run waggle -- events tail [flags]

Prints events as they arrive, until Ctrl-C. It goes on by itself when the database was away.

${filterHelp()}

How:
${flagLine('--json', 'one JSON object a line, without the body')}
${flagLine('--help', 'this text')}

Examples:
  npm run waggle -- events tail
  npm run waggle -- events tail --type message_created --json

${EXIT_HELP}`,

  prepare(args) {
    const { values } = parseArgs({
      args,
      options: { ...filterOptions, json: { type: 'boolean' } },
    })
    const asked = readFilterFlags(values)
    return async ({ out, err, isTerminal, width, stop }) => {
      const { listNewEvents, newestSeq } = await import('@/lib/queries/list-new-events')
      const began = await newestSeq()
      const printed = new Set<string>()
      let last = began
      let away = false
      if (!values.json) out(`${EVENT_HEADS}\n`)
      while (!stop.aborted) {
        try {
          const from = last - OVERLAP > began ? last - OVERLAP : began
          const events = await listNewEvents(fixTimes(asked, new Date()), from, BATCH)
          if (away) err('The database is back.\n')
          away = false
          for (const event of events) {
            if (printed.has(event.seq)) continue
            printed.add(event.seq)
            if (BigInt(event.seq) > last) last = BigInt(event.seq)
            out(
              `${values.json ? printableJson(event) : eventLine(event, isTerminal ? width : Infinity)}\n`,
            )
          }
          for (const seq of printed) {
            if (printed.size <= REMEMBERED) break
            printed.delete(seq)
          }
          if (events.length === BATCH) continue
        } catch (error) {
          if (!away)
            err(
              `The database is out of reach (${(error as Error).message.split('\n').at(-1)}); trying again.\n`,
            )
          away = true
        }
        await delay(POLL_MS, undefined, { signal: stop }).catch(() => undefined)
      }
      return EXIT.interrupted
    }
  },
}
