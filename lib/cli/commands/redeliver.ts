import { parseArgs } from 'node:util'
import { InvalidAddressError } from '@/lib/errors'
import { filterOptions, readFilterFlags } from '@/lib/event-filter/event-filter-flags'
import { formatCount } from '@/lib/format'
import type { DestinationRow } from '@/lib/queries/redelivery/list-destinations'
import type { RedeliveryDetail } from '@/lib/queries/redelivery/list-redeliveries'
import { EXIT, type Command, type ExitCode, type Terminal } from './command'
import { EXIT_HELP, filterHelp, flagLine } from './filter-help'
import { ProgressBar } from './progress-bar'
import { untilTold } from './until-told'

// By then a Waggle that runs has sent something, or tried.
const SILENCE_MS = 15_000

export const command: Command = {
  help: `Usage: npm run waggle -- redeliver --to <destination> [flags]

Sends stored events to a destination, as JourneyBee would: the same body and claims, a fresh token with the
destination's own secret. Destinations are made on the page /destinations. It is the Waggle that runs (npm start) which
sends; this command orders it and watches. Ctrl-C ends the watching, not the run. Events of deleted messages are sent
whole, with what the messages said, and the run says how many they were.

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
        to: { type: 'string', multiple: true },
        all: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        'no-wait': { type: 'boolean' },
        json: { type: 'boolean' },
      },
    })
    const { all } = values
    const [to, another] = values.to ?? []
    if (another !== undefined) {
      throw new InvalidAddressError('--to names one destination: run it once for each.')
    }
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
      if (values['dry-run']) {
        const count = await countMatching(filter)
        const { id, address, enabled } = found
        const told = { events: count, destination: { id, address, enabled } }
        terminal.out(
          values.json
            ? `${JSON.stringify(told)}\n`
            : `${count === 1 ? '1 event' : `${formatCount(count)} events`} would be sent to ${address}.\n`,
        )
        return EXIT.done
      }
      const { startRedelivery } = await import('@/lib/redelivery/start-redelivery')
      const run = await startRedelivery(found.id, filter)
      if (values['no-wait']) {
        terminal.out(values.json ? `${JSON.stringify({ id: run })}\n` : `${run}\n`)
        return EXIT.done
      }
      terminal.err(`Run ${run}: it can be paused on its page, /redeliveries/${run}\n`)
      return watch(run, Boolean(values.json), terminal)
    }
  },
}

async function watch(id: string, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const { findRedelivery } = await import('@/lib/queries/redelivery/list-redeliveries')
  const { findDestination } = await import('@/lib/queries/redelivery/list-destinations')
  const startedAt = performance.now()
  const bar = new ProgressBar('Sending')
  const say = (text: string) => {
    bar.stop()
    terminal.err(text)
  }
  let [shown, obstacle] = ['', '']
  const told = await untilTold(
    terminal.stop,
    async () => {
      const run = await findRedelivery(id)
      if (!run) return EXIT.notDone
      if (run.status !== 'running') {
        bar.stop()
        return tell(run, json, terminal)
      }
      bar.update(run.delivered + run.dead, run.total, noteOf(run))
      const line = describe(run)
      if (!bar.isShown && line !== shown) terminal.err(`${line}\n`)
      shown = line
      const patience = performance.now() - startedAt < SILENCE_MS
      const found = obstacleOf(run, await findDestination(run.destinationId), patience)
      if (found && found !== obstacle) say(`${found}\n`)
      obstacle = found
      return null
    },
    say,
  )
  bar.stop()
  if (told !== null) return told
  terminal.err(`The run goes on; it can be paused on its page, /redeliveries/${id}\n`)
  return EXIT.interrupted
}

function obstacleOf(
  run: RedeliveryDetail,
  destination: DestinationRow | null,
  patience: boolean,
): string {
  if (destination?.enabled === false) {
    return 'Nothing is sent: the destination is disabled. The run goes on when it is enabled.'
  }
  if (destination?.secretReadable === false) {
    return 'Nothing is sent: the destination’s secret cannot be read with the ENCRYPTION_KEY of these settings.'
  }
  const isSilent = run.delivered + run.dead + run.sending + run.retrying === 0
  return isSilent && !patience ? 'Nothing has been sent yet. Is Waggle running (npm start)?' : ''
}

function noteOf({ dead, retrying }: RedeliveryDetail): string {
  const parts = [
    dead > 0 && `${formatCount(dead)} dead`,
    retrying > 0 && `${formatCount(retrying)} are tried again`,
  ]
  return parts.filter(Boolean).join(', ')
}

function describe(run: RedeliveryDetail): string {
  const { delivered, dead, total, listed } = run
  const settled = `${formatCount(delivered + dead)} of ${formatCount(total)}${listed ? '' : '+'} settled`
  return [settled, noteOf(run)].filter(Boolean).join(', ')
}

function tell(run: RedeliveryDetail, json: boolean, { out, err }: Terminal): ExitCode {
  const { id, status, total, delivered, dead, ofDeleted } = run
  if (json) out(`${JSON.stringify({ id, status, total, delivered, dead, ofDeleted })}\n`)
  else {
    const counts = `${formatCount(delivered)} of ${formatCount(total)} delivered, ${formatCount(dead)} dead`
    out(`The run is ${status}: ${counts}.\n`)
  }
  if (ofDeleted > 0) {
    err(`Events of deleted messages, sent with what those said: ${formatCount(ofDeleted)}.\n`)
  }
  return status === 'finished' && dead === 0 ? EXIT.done : EXIT.notDone
}
