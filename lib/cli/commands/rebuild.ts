import { parseArgs } from 'node:util'
import { EXIT, type Command } from './command'
import { EXIT_HELP, flagLine } from './filter-help'
import { runUpkeepCommand } from './run-upkeep-command'

export const command: Command = {
  help: `Usage: npm run waggle -- rebuild [flags]

Builds everything that the dashboard shows anew from the event log, beside what is there, and puts it in its place at
once. The dashboard serves throughout, and events that arrive meanwhile are in it.

${flagLine('--json', 'one JSON object at the end')}
${flagLine('--help', 'this text')}

Examples:
  npm run waggle -- rebuild
  npm run waggle -- rebuild --json

${EXIT_HELP}`,

  prepare(args) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } })
    return (terminal) =>
      runUpkeepCommand('rebuild', terminal, ({ id, done, failed }) => {
        const [events, notProjected] = [Number(done), Number(failed)]
        terminal.out(
          values.json
            ? `${JSON.stringify({ id, events, notProjected })}\n`
            : `Rebuilt from ${events} events; ${notProjected} of them say nothing that can be shown.\n`,
        )
        return EXIT.done
      })
  },
}
