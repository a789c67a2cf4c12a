import { parseArgs } from 'node:util'
import { z } from 'zod'
import { EXIT, type Command } from './command'
import { EXIT_HELP, flagLine } from './filter-help'
import { runUpkeepCommand } from './run-upkeep-command'

const REPORT = z.object({
  compared: z.number(),
  differences: z.number(),
  tables: z.array(z.object({ table: z.string(), compared: z.number(), differences: z.number() })),
})

export const command: Command = {
  help: `Usage: npm run waggle -- parity [flags]

Checks that everything that the dashboard shows is what the event log says, row by row. Nothing is changed. The page of
the check, under Replays, lists the differences and repairs them.

${flagLine('--json', 'one JSON object at the end')}
${flagLine('--help', 'this text')}

Examples:
  npm run waggle -- parity
  npm run waggle -- parity --json | jq .differences

It ends with 1 when there are differences. ${EXIT_HELP}`,

  prepare(args) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } })
    return (terminal) =>
      runUpkeepCommand('parity', terminal, ({ id, report }) => {
        const told = REPORT.parse(report)
        if (values.json) terminal.out(`${JSON.stringify({ id, ...told })}\n`)
        else {
          terminal.out(`${told.compared} rows compared, ${told.differences} differences.\n`)
          for (const { table, differences } of told.tables) {
            if (differences > 0) terminal.out(`  ${table}: ${differences}\n`)
          }
        }
        return told.differences === 0 ? EXIT.done : EXIT.notDone
      })
  },
}
