import { EnvironmentError } from '@/lib/env'
import { AppError, InvalidAddressError } from '@/lib/errors'
import { StartError } from '@/lib/runtime/start-error'
import { printableLines } from './commands/printable-text'
import { EXIT, type Command, type ExitCode, type Terminal } from './commands/command'
import { EXIT_HELP } from './commands/filter-help'
import { asAdministrator, connectDatabase } from './connect-database'

// By the words that call them. Each is a file of its own, loaded when it is called.
const COMMANDS: Record<string, { summary: string; load: () => Promise<{ command: Command }> }> = {
  'events list': {
    summary: 'list stored events: by type, status, partnership, time, text …',
    load: () => import('./commands/events-list'),
  },
  'events show': {
    summary: 'show one event with its body',
    load: () => import('./commands/events-show'),
  },
  'events tail': {
    summary: 'print events as they arrive',
    load: () => import('./commands/events-tail'),
  },
  redeliver: {
    summary: 'send stored events to a destination',
    load: () => import('./commands/redeliver'),
  },
  rebuild: {
    summary: 'build the dashboard’s data anew from the log, and swap it in',
    load: () => import('./commands/rebuild'),
  },
  parity: {
    summary: 'check that the dashboard’s data is what the log says',
    load: () => import('./commands/parity'),
  },
  replay: {
    summary: 'project stored events again, or see what that would change',
    load: () => import('./commands/replay'),
  },
}

const HELP = `Usage: npm run waggle -- <command> [flags]

Commands:
${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(16)} ${summary}`)
  .join('\n')}

npm run waggle -- <command> --help says more of each. They work with the settings in .env and the database that
Waggle uses, and do the same as its pages.

${EXIT_HELP}
`

async function waggle(argv: string[], terminal: Terminal): Promise<ExitCode> {
  // npm 11 hands "--" on as it is; a person may type it twice.
  const words = argv[0] === '--' ? argv.slice(1) : argv
  const name = Object.keys(COMMANDS).find((each) =>
    each.split(' ').every((word, at) => words[at] === word),
  )
  if (name === undefined) {
    const asksForHelp = words.length === 0 || words.includes('--help') || words.includes('-h')
    if (asksForHelp) terminal.out(HELP)
    else terminal.err(`There is no such command.\n\n${HELP}`)
    return asksForHelp && words.length > 0 ? EXIT.done : EXIT.badArguments
  }
  const args = words.slice(name.split(' ').length)
  const { command } = await COMMANDS[name]!.load()
  if (args.includes('--help') || args.includes('-h')) {
    terminal.out(`${command.help}\n`)
    return EXIT.done
  }
  try {
    const run = command.prepare(args)
    return await connected(run, terminal)
  } catch (error) {
    if (!isOfArguments(error)) throw error
    // What was typed may come from a script that passes on what events say.
    terminal.err(`${printableLines(error.message)}\nSee: npm run waggle -- ${name} --help\n`)
    return EXIT.badArguments
  }
}

async function connected(
  run: (terminal: Terminal) => Promise<ExitCode>,
  terminal: Terminal,
): Promise<ExitCode> {
  const seeIfReachable = await connectDatabase()
  const { disconnectDb } = await import('@/lib/db')
  try {
    return await asAdministrator(() => run(terminal))
  } catch (error) {
    if (error instanceof AppError) throw error
    // Whatever broke: when the database does not answer, that is the reason to tell.
    await seeIfReachable()
    throw error
  } finally {
    await disconnectDb()
  }
}

function isOfArguments(error: unknown): error is Error {
  const { code } = error as NodeJS.ErrnoException
  return error instanceof InvalidAddressError || Boolean(code?.startsWith('ERR_PARSE_ARGS'))
}

const stop = new AbortController()
// Twice: whoever does not want to wait for the end of what is under way.
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
    stop.abort()
  })
}

try {
  process.exitCode = await waggle(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isTerminal: process.stdout.isTTY ?? false,
    width: process.stdout.columns ?? Infinity,
    stop: stop.signal,
  })
} catch (error) {
  // Ctrl-C reaches whatever this process has started too; what breaks by that is no fault.
  if (!stop.signal.aborted) process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = stop.signal.aborted ? EXIT.interrupted : exitCodeOf(error)
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof StartError) return EXIT.databaseUnavailable
  return error instanceof EnvironmentError ? EXIT.badArguments : EXIT.notDone
}
