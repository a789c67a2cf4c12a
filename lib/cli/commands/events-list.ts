import { parseArgs } from 'node:util'
import { InvalidAddressError } from '@/lib/errors'
import { filterOptions, readFilterFlags } from '@/lib/event-filter/event-filter-flags'
import { fixTimes } from '@/lib/event-filter/fix-times'
import type { PagePosition } from '@/lib/pagination'
import { EXIT, type Command } from './command'
import { EVENT_HEADS, eventLine } from './event-line'
import { EXIT_HELP, filterHelp, flagLine } from './filter-help'
import { printableJson } from './printable-text'

const USUAL_LIMIT = 50
const MOST = 1_000_000
const PAGE = 500

export const command: Command = {
  help: `Usage: npm run waggle -- events list [flags]

Lists stored events, newest first.

${filterHelp()}

How:
${flagLine('--limit <count>', `at most so many (${USUAL_LIMIT})`)}
${flagLine('--json', 'one JSON object a line instead of a table, without the body')}
${flagLine('--help', 'this text')}

Examples:
  npm run waggle -- events list --since 2h --type message_created
  npm run waggle -- events list --status failed --limit 1000 --json | jq -r .id
  npm run waggle -- events list --text "Meadow Software" --since 7d

${EXIT_HELP}`,

  prepare(args) {
    const { values } = parseArgs({
      args,
      options: { ...filterOptions, limit: { type: 'string' }, json: { type: 'boolean' } },
    })
    const asked = readFilterFlags(values)
    const limit = readCount('--limit', values.limit, USUAL_LIMIT)
    return async ({ out, err, isTerminal, width, stop }) => {
      const { listEvents } = await import('@/lib/queries/list-events')
      const filter = fixTimes(asked, new Date())
      let position: PagePosition = {}
      let listed = 0
      for (;;) {
        const page = await listEvents(filter, position, Math.min(PAGE, limit - listed))
        if (listed === 0 && page.rows.length > 0 && !values.json) out(`${EVENT_HEADS}\n`)
        for (const event of page.rows) {
          if (stop.aborted) return EXIT.interrupted
          out(
            `${values.json ? printableJson(event) : eventLine(event, isTerminal ? width : Infinity)}\n`,
          )
        }
        listed += page.rows.length
        if (stop.aborted) return EXIT.interrupted
        if (listed >= limit || page.nextCursor === null) {
          if (listed === 0 && !values.json) err('No event matches.\n')
          if (listed > 0 && page.nextCursor !== null) err(`There are more: --limit was ${limit}.\n`)
          return EXIT.done
        }
        position = { after: page.nextCursor }
      }
    }
  },
}

/**
 * A whole number from 1 on.
 *
 * @throws InvalidAddressError when it is none.
 */
export function readCount(flag: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  const count = /^\d{1,7}$/.test(text) ? Number(text) : NaN
  if (count >= 1 && count <= MOST) return count
  throw new InvalidAddressError(`${flag} must be a whole number from 1 to ${MOST}.`)
}
