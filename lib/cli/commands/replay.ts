import { parseArgs } from 'node:util'
import { filterOptions, readFilterFlags } from '@/lib/event-filter/event-filter-flags'
import { eventFilterParams } from '@/lib/event-filter/event-filter-params'
import { fixTimes } from '@/lib/event-filter/fix-times'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { InvalidAddressError } from '@/lib/errors'
import type { DryRunReport, RowChange } from '@/lib/replay/dry-run-report'
import { EXIT, type Command, type ExitCode, type Terminal } from './command'
import { readCount } from './events-list'
import { EXIT_HELP, filterHelp, flagLine } from './filter-help'
import { endOfReplay, followReplay } from './follow-replay'
import { printableJson, printableText } from './printable-text'
import { ProgressBar } from './progress-bar'

const USUAL_ROWS = 100

export const command: Command = {
  help: `Usage: npm run waggle -- replay [flags]

Projects stored events again, in the order in which they were received. Newer state wins, duplicates are left
out, and what was received is not changed. Every event keeps the attempt, and the replay shows under Replays.

${filterHelp()}

How:
${flagLine('--all', 'every event; needed where no flag chooses')}
${flagLine('--dry-run', 'change nothing: show row by row and field by field what would change')}
${flagLine('--rows <count>', `of a dry run, at most so many rows (${USUAL_ROWS}); all are counted`)}
${flagLine('--json', 'the outcome as JSON; a dry run writes one object a row before it')}
${flagLine('--help', 'this text')}

Examples:
  npm run waggle -- replay --since 2h --type message_created --dry-run
  npm run waggle -- replay --status failed
  npm run waggle -- replay --partnership <id> --json

Ctrl-C leaves a replay where it is: the app goes on with it, and its page can cancel it.

${EXIT_HELP}`,

  prepare(args) {
    const { values } = parseArgs({
      args,
      options: {
        ...filterOptions,
        all: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        rows: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const asked = readFilterFlags(values)
    const rows = readCount('--rows', values.rows, USUAL_ROWS)
    const chosen = eventFilterParams(asked).size > 0
    if (chosen === (values.all ?? false)) {
      throw new InvalidAddressError(
        chosen ? '--all goes with no other choice.' : 'Choose events, or say --all.',
      )
    }
    return async (terminal) => {
      const filter = fixTimes(asked, new Date())
      return values['dry-run']
        ? foretell(filter, rows, values.json ?? false, terminal)
        : replay(filter, values.json ?? false, terminal)
    }
  },
}

async function foretell(
  filter: FixedEventFilter,
  rows: number,
  json: boolean,
  { out, err, stop }: Terminal,
): Promise<ExitCode> {
  const { dryRun } = await import('@/lib/replay/dry-run')
  const { lastSeq } = await import('@/lib/replay/create-run')
  const progress = new ProgressBar('Trying')
  try {
    const upperSeq = await lastSeq()
    const selection = { filter, retryOfId: null, repairOfId: null, upperSeq }
    const report = await dryRun(selection, {
      rows,
      onRows: async (page) => {
        progress.stop()
        for (const row of page) out(json ? `${printableJson(row)}\n` : rowText(row))
      },
      onProgress: (done, total) => {
        stop.throwIfAborted()
        progress.update(done, total)
      },
    })
    progress.stop()
    out(json ? `${printableJson(report)}\n` : reportText(report))
    return EXIT.done
  } catch (error) {
    progress.stop()
    if (!stop.aborted) throw error
    err('Stopped; a dry run changes nothing.\n')
    return EXIT.interrupted
  }
}

async function replay(
  filter: FixedEventFilter,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const { requireUser } = await import('@/lib/auth/current-user')
  const { createRun } = await import('@/lib/replay/create-run')
  const { email } = await requireUser()
  const id = await createRun('replay', filter, email)
  const state = await followReplay(id, 'Replaying', terminal)
  terminal.out(
    json
      ? `${printableJson(state)}\n`
      : `${state.done} of ${state.total ?? '?'} events replayed: ${state.changed} changed something, ` +
          `${state.unchanged} changed nothing, ${state.failed} failed.\n`,
  )
  return endOfReplay(state, terminal)
}

function rowText({ table, key, kind, fields }: RowChange): string {
  const head = `${kind} ${table} ${Object.values(key).join(' ')}`
  const lines = fields
    .filter(({ before, after }) => kind === 'changed' || (before ?? after) !== null)
    .map(({ name, before, after }) => `  ${name}: ${text(before)} → ${text(after)}\n`)
  return `${printableText(head)}\n${lines.join('')}`
}

function text(value: unknown): string {
  return value === null || value === undefined ? '—' : printableJson(value)
}

function reportText(report: DryRunReport): string {
  const rows = report.tables.reduce(
    (sum, each) => sum + each.added + each.changed + each.removed,
    0,
  )
  const tables = report.tables
    .filter(({ added, changed, removed }) => added + changed + removed > 0)
    .map(
      (each) =>
        `  ${each.table}: ${each.added} added, ${each.changed} changed, ${each.removed} removed\n`,
    )
  return [
    `${report.events} events: ${report.changing} would change something, `,
    `${report.unchanging} nothing, ${report.failing} would fail.\n`,
    tables.length > 0 ? tables.join('') : '  No row would change.\n',
    report.rowsShown < rows
      ? `The first ${report.rowsShown} of ${rows} rows are shown above.\n`
      : '',
  ].join('')
}
