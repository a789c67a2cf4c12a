import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { EnvironmentError } from '@/lib/env'
import { generateTraffic } from '@/lib/samples/generate-traffic'
import { startProgress } from './send-progress'
import { readSendSettings, webhookUrl } from './send-settings'
import { describeSummary, isAsExpected } from './send-summary'
import { SendError, sendTraffic } from './send-traffic'

type Arguments = {
  partnerships: number
  messages: number
  seed: number
  concurrency: number
  url?: URL
  rate?: number
  secret?: string
  nasty: boolean
}

const EXIT_NOT_AS_EXPECTED = 1
const EXIT_BAD_ARGUMENTS = 2
const EXIT_INTERRUPTED = 130

const HELP = `
What it sends: partnerships with custom fields of every type, contacts, rooms with threads of replies,
attachments, stage and tier moves, edits, deletions, now and then a type that Waggle does not support;
some deliveries twice and some a few places late. The same seed sends the same bodies.

Examples:
  npm run send                                        50 partnerships and 500 messages to this machine's Waggle
  npm run send -- --seed 8 --partnerships 2000 --messages 50000
  npm run send -- --rate 20                           20 deliveries a second, to watch the pages move
  npm run send -- --nasty                             also what breaks receivers: bad JSON, huge bodies, bidi names
  npm run send -- --url https://waggle.example --secret integration_…

The exit code is 0 when every delivery ended as expected, 1 when not, 2 for arguments or settings that are wrong.`

function readArguments(argv: string[]): Arguments {
  const command = new Command('npm run send --')
    .description('Sends realistic, signed sample events to a Waggle receiver, as JourneyBee would.')
    .option('--partnerships <count>', 'how many partnerships', count, 50)
    .option('--messages <count>', 'how many messages in their rooms', count, 500)
    .option('--seed <number>', 'the same seed sends the same bodies', count, 7)
    .option('--url <address>', 'the receiver (default: HOST and PORT of .env)', address)
    .option('--rate <number>', 'deliveries a second (default: as fast as they are answered)', rate)
    .option('--concurrency <count>', 'deliveries under way at once', connections, 16)
    .option('--nasty', 'mix in payloads that break receivers', false)
    .option('--secret <text>', 'what signs the tokens (default: INTEGRATION_UUID of .env)')
    .addHelpText('after', HELP)
    .allowExcessArguments(false)
    .exitOverride()
    .showHelpAfterError('See: npm run send -- --help')
  return command.parse(argv, { from: 'user' }).opts<Arguments>()
}

function count(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= 10_000_000) return value
  throw new InvalidArgumentError('It must be a whole number from 0 to 10000000.')
}

function connections(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= 1 && value <= 1_000) return value
  throw new InvalidArgumentError('It must be a whole number from 1 to 1000.')
}

function rate(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && Number.isFinite(value)) return value
  throw new InvalidArgumentError('It must be a number above 0.')
}

function address(text: string): URL {
  if (URL.canParse(text) && /^https?:/.test(text)) return new URL(text)
  throw new InvalidArgumentError('It must be an http or https address.')
}

async function send(options: Arguments): Promise<number> {
  const settings = readSendSettings()
  const secret = options.secret ?? settings.INTEGRATION_UUID?.[0]
  if (!secret) {
    throw new EnvironmentError(
      'There is no secret to sign with: INTEGRATION_UUID is neither set nor in .env. ' +
        'Start Waggle once (npm start writes .env), or give --secret.',
    )
  }
  const traffic = { ...options, maxBodyBytes: settings.MAX_BODY_BYTES }
  // Made twice rather than kept: a million bodies do not fit into memory.
  const total = countOf(generateTraffic(traffic))
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const progress = startProgress(total)
  const started = performance.now()
  try {
    const summary = await sendTraffic(generateTraffic(traffic), {
      url: webhookUrl(options.url, settings),
      secret,
      concurrency: options.concurrency,
      rate: options.rate,
      signal: interrupt.signal,
      onProgress: progress.update,
    })
    progress.stop()
    process.stdout.write(`${describeSummary(summary, (performance.now() - started) / 1000)}\n`)
    if (interrupt.signal.aborted) return EXIT_INTERRUPTED
    return isAsExpected(summary) ? 0 : EXIT_NOT_AS_EXPECTED
  } finally {
    progress.stop()
  }
}

function countOf(items: Iterable<unknown>): number {
  const iterator = items[Symbol.iterator]()
  let found = 0
  while (!iterator.next().done) found++
  return found
}

try {
  process.exitCode = await send(readArguments(process.argv.slice(2)))
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_BAD_ARGUMENTS
  } else if (error instanceof EnvironmentError || error instanceof SendError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error instanceof SendError ? EXIT_NOT_AS_EXPECTED : EXIT_BAD_ARGUMENTS
  } else throw error
}
