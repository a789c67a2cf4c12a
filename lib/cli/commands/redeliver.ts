import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { InvalidAddressError } from '@/lib/errors'
import { filterOptions, readFilterFlags } from '@/lib/event-filter/event-filter-flags'
import { formatCount } from '@/lib/format'
import type { RedeliveryDetail } from '@/lib/queries/redelivery/list-redeliveries'
import { EXIT, type Command, type ExitCode, type Terminal } from './command'
import { EXIT_HELP, filterHelp, flagLine } from './filter-help'

const POLL_MS = 500
// By then a Waggle that runs has sent something, or tried.
const SILENCE_MS = 15_000

export const command: Command = {
  help: `Usage: npm run waggle -- redeliver --to <destination> [flags]

Sends stored events to a destination, as JourneyBee would: the same body and claims, a fresh token with the
destination's own secret. Destinations are made on the page /destinations. It is the Waggle that runs (npm start) which
sends; this command orders it and watches. Ctrl-C ends the watching, not the run.

${flagLine('--to <destination>', 'its name or its id')}
${flagLine('--all', 'every event: without it, something must say which')}

${filterHelp()}

How:
${flagLine('--dry-run', 'say how many events it would be and where they would go, and send nothing')}
${flagLine('--no-wait', 'start it and print its id')}
${flagLine('--json', 'the outcome as one JSON object')}
${flagLine('--help', 'this text')}

Examples:
  npm run waggle -- redeliver --to "CRM connector" --type message_created --since 2h --dry-run
  npm run waggle -- redeliver --to "CRM connector" --partnership partnership_1234
  npm run waggle -- redeliver --to laptop --id 01990000-0000-7000-8000-000000000000

${EXIT_HELP}`,

  prepare(args) {
    const { values } = parseArgs({
      args,
      options: {
        ...filterOptions,
        to: { type: 'string' },
        all: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        'no-wait': { type: 'boolean' },
        json: { type: 'boolean' },
      },
    })
    const { to, all } = values
    if (!to) throw new InvalidAddressError('--to is missing: name a destination.')
    const filter = readFilterFlags(values)
    const isChosen = Object.keys(filterOptions).some((flag) => flag in values)
    if (!isChosen && !all) {
      throw new InvalidAddressError('Say which events, or --all for every one.')
    }
    if (isChosen && all) throw new InvalidAddressError('--all goes with no other choice.')
    return async (terminal) => {
      const { listDestinations } = await import('@/lib/queries/redelivery/list-destinations')
      const { countMatching } = await import('@/lib/queries/redelivery/count-matching')
      const found = (await listDestinations()).find(({ id, name }) => name === to || id === to)
      if (!found) {
        terminal.err('There is no such destination: see the page /destinations.\n')
        return EXIT.notDone
      }
      const count = await countMatching(filter)
      if (values['dry-run']) {
        const { id, address, enabled } = found
        const told = { events: count, destination: { id, address, enabled } }
        terminal.out(
          values.json
            ? `${JSON.stringify(told)}\n`
            : `${count === 1 ? '1 event' : `${formatCount(count)} events`} would be sent to ${address}.\n`,
        )
        return EXIT.done
      }
      if (count === 0) {
        terminal.err('No event matches: there is nothing to send.\n')
        return EXIT.notDone
      }
      const { startRedelivery } = await import('@/lib/redelivery/start-redelivery')
      const run = await startRedelivery(found.id, filter)
      if (values['no-wait']) {
        terminal.out(values.json ? `${JSON.stringify({ id: run })}\n` : `${run}\n`)
        return EXIT.done
      }
      return watch(run, Boolean(values.json), terminal)
    }
  },
}

async function watch(id: string, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const { findRedelivery } = await import('@/lib/queries/redelivery/list-redeliveries')
  const startedAt = performance.now()
  let shown = ''
  let warned = false
  for (;;) {
    const run = await findRedelivery(id)
    if (!run) return EXIT.notDone
    if (run.status !== 'running') return tell(run, json, terminal)
    const line = describe(run)
    if (line !== shown) terminal.err(terminal.isTerminal ? `\r\x1b[2K${line}` : `${line}\n`)
    shown = line
    const isSilent = run.delivered + run.dead + run.sending + run.retrying === 0
    if (isSilent && !warned && performance.now() - startedAt > SILENCE_MS) {
      warned = true
      terminal.err('\nNothing has been sent yet. Is Waggle running (npm start)?\n')
    }
    await delay(POLL_MS, undefined, { signal: terminal.stop }).catch(() => undefined)
    if (terminal.stop.aborted) {
      terminal.err(`\nThe run goes on; it can be paused on its page, /redeliveries/${id}\n`)
      return EXIT.interrupted
    }
  }
}

function describe({ delivered, dead, total, listed, retrying }: RedeliveryDetail): string {
  const settled = formatCount(delivered + dead)
  const failing = retrying > 0 ? `, ${formatCount(retrying)} are tried again` : ''
  return `${settled} of ${formatCount(total)}${listed ? '' : '+'} settled, ${formatCount(dead)} dead${failing}`
}

function tell(run: RedeliveryDetail, json: boolean, { out, err, isTerminal }: Terminal): ExitCode {
  const { id, status, total, delivered, dead } = run
  if (isTerminal) err('\r\x1b[2K')
  out(
    json
      ? `${JSON.stringify({ id, status, total, delivered, dead })}\n`
      : `The run is ${status}: ${formatCount(delivered)} of ${formatCount(total)} delivered, ${formatCount(dead)} dead.\n`,
  )
  return status === 'finished' && dead === 0 ? EXIT.done : EXIT.notDone
}
