import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { RunState } from '@/lib/replay/read-run-state'
import { EXIT, type Command, type ExitCode, type Terminal } from './command'
import { EXIT_HELP, flagLine } from './filter-help'
import { endOfReplay, followReplay } from './follow-replay'
import { printableJson } from './printable-text'
import { runUpkeepCommand } from './run-upkeep-command'

const REPORT = z.object({
  compared: z.number(),
  differences: z.number(),
  tables: z.array(z.object({ table: z.string(), compared: z.number(), differences: z.number() })),
  repairs: z.number().default(0),
})

/** What a check has found; `repairs` is how many events put it right. */
type Check = z.infer<typeof REPORT> & { id: string }

export const command: Command = {
  help: `Usage: npm run waggle -- parity [flags]

Checks that everything that the dashboard shows is what the event log says, row by row. Without --repair nothing is
changed. The page of the check, under Replays, lists the differences and repairs them too.

${flagLine('--repair', 'replay the events that put the differences right, and check again')}
${flagLine('--json', 'one JSON object at the end')}
${flagLine('--help', 'this text')}

Examples:
  npm run waggle -- parity
  npm run waggle -- parity --json | jq .differences
  npm run waggle -- parity --repair

A repair is a replay like any other: it shows under Replays with your name and its outcome, every event keeps the
attempt, and newer state wins. Some differences no event puts right (rows that no event wrote, or whose version was
changed by hand): npm run waggle -- rebuild does. With --json "differences" is what was found, "repairs" how many
events put it right, "repair" the replay and "left" how many rows differ after it; both are null where none was made.

Ctrl-C leaves a check or a repair where it is: the app goes on with it.

It ends with 1 when there are differences; with --repair when there still are some afterwards, or when an event of the
repair failed. ${EXIT_HELP}`,

  prepare(args) {
    const { values } = parseArgs({
      args,
      options: { json: { type: 'boolean' }, repair: { type: 'boolean' } },
    })
    const { json = false, repair = false } = values
    return async (terminal) => {
      const found = await check(terminal)
      if (typeof found === 'number') return found
      if (!json) terminal.out(checkText(found))
      const repaired = repair && found.differences > 0 ? await mend(found, terminal) : null
      const left = repaired?.state.status === 'finished' ? await checkAgain(terminal) : null
      if (typeof left === 'number') return left
      if (json) {
        const summary = {
          ...found,
          repair: repaired?.state ?? null,
          left: left?.differences ?? null,
        }
        terminal.out(`${printableJson(summary)}\n`)
      } else if (left) terminal.out(checkText(left))
      if (repaired && repaired.exitCode !== EXIT.done) return repaired.exitCode
      return (left ?? found).differences === 0 ? EXIT.done : EXIT.notDone
    }
  },
}

/** @returns What was found, or what to end with where the check did not finish. */
async function check(
  terminal: Terminal,
  takes: (followed: boolean) => boolean = () => true,
): Promise<Check | ExitCode> {
  let found: Check | undefined
  let mayTake = true
  const exitCode = await runUpkeepCommand('parity', terminal, ({ id, report }, followed) => {
    mayTake = takes(followed)
    found = { id, ...REPORT.parse(report) }
    return EXIT.done
  })
  return mayTake ? (found ?? exitCode) : check(terminal)
}

// One that was under way before may have looked before the repair was over.
function checkAgain(terminal: Terminal): Promise<Check | ExitCode> | ExitCode {
  if (terminal.stop.aborted) return EXIT.interrupted
  return check(terminal, (followed) => !followed)
}

/** @returns The replay that repairs, and what it ends with; null where no event does. */
async function mend(
  { id, repairs }: Check,
  terminal: Terminal,
): Promise<{ state: RunState; exitCode: ExitCode } | null> {
  if (repairs === 0) {
    terminal.err('No event puts these rows right: npm run waggle -- rebuild does.\n')
    return null
  }
  const { requireUser } = await import('@/lib/auth/current-user')
  const { repairDifferences } = await import('@/lib/replay/upkeep/repair-differences')
  const { email } = await requireUser()
  const runId = await repairDifferences(id, 'replay', email)
  const state = await followReplay(runId, 'Repairing', terminal)
  const exitCode = endOfReplay(state, terminal)
  if (state.status !== 'finished') return { state, exitCode }
  terminal.err(
    `${state.done} events replayed: ${state.changed} changed something, ${state.failed} failed; ` +
      `the totals of ${state.righted} rows were put right. Checking again.\n`,
  )
  return { state, exitCode }
}

function checkText({ compared, differences, tables }: Check): string {
  const lines = tables
    .filter((each) => each.differences > 0)
    .map((each) => `  ${each.table}: ${each.differences}\n`)
  return `${compared} rows compared, ${differences} differences.\n${lines.join('')}`
}
