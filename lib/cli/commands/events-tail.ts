import { parseArgs } from 'node:util'
import { filterOptions, readFilterFlags } from '@/lib/event-filter/event-filter-flags'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { EXIT, type Command } from './command'
import { EVENT_HEADS, eventLine } from './event-line'
import { EXIT_HELP, filterHelp, flagLine } from './filter-help'
import { printableJson } from './printable-text'
import { TailPlace } from './tail-place'
import { untilTold } from './until-told'

const BATCH = 1_000

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
      const list = (after: bigint) => listNewEvents(fixTimes(asked, new Date()), after, BATCH)
      const began = await newestSeq()
      const place = new TailPlace(began)
      for (const { seq } of await list(place.from))
        if (BigInt(seq) <= began) place.take(BigInt(seq))
      if (!values.json) out(`${EVENT_HEADS}\n`)
      await untilTold(
        stop,
        async () => {
          for (;;) {
            // Before the events: what comes between the two is found the next time.
            const newest = await newestSeq()
            const events = await list(place.from)
            for (const event of events) {
              if (!place.take(BigInt(event.seq))) continue
              const line = eventLine(event, isTerminal ? width : Infinity)
              out(`${values.json ? printableJson(event) : line}\n`)
            }
            if (events.length < BATCH) {
              place.moveTo(newest)
              return null
            }
            if (stop.aborted) return null
          }
        },
        err,
      )
      return EXIT.interrupted
    }
  },
}
