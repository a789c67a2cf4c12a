import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { generateClient } from '@/lib/runtime/generate-client'
import { startBenchServer } from './bench-server'
import { measureExport } from './measure-export'
import { measureLists } from './measure-lists'
import { measureLoad } from './measure-load'
import { measurePages } from './measure-pages'
import { measureProjection } from './measure-projection'
import { measureRebuild } from './measure-rebuild'
import { measureRooms } from './measure-rooms'
import { measureSearches } from './measure-searches'
import { describeReport, type BenchReport } from './report'

const FULL = {
  rounds: 5,
  requests: 20_000,
  warmUp: 4_000,
  backlog: 100_000,
  room: 20_000,
  longRoom: 100_000,
  searched: 1_000_000,
  exported: 100_000,
  rebuilt: 1_000_000,
  lists: { partnerships: 100_000, contacts: 300_000, messages: 1_000_000 },
}
const QUICK = {
  rounds: 2,
  requests: 2_000,
  warmUp: 500,
  backlog: 5_000,
  room: 500,
  longRoom: 2_000,
  searched: 20_000,
  exported: 2_000,
  rebuilt: 5_000,
  lists: { partnerships: 2_000, contacts: 6_000, messages: 20_000 },
}
const PARTS = [
  'load',
  'projection',
  'pages',
  'lists',
  'rooms',
  'search',
  'export',
  'rebuild',
] as const
const CONNECTIONS = 32

type Arguments = {
  quick: boolean
  json: boolean
  only?: (typeof PARTS)[number]
  rounds?: number
  requests?: number
  events?: number
  port: number
}

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
  }
}

const options = new Command('npm run bench --')
  .description(
    'Measures Waggle against an ordinary Express receiver on the same Postgres, and its projector.',
  )
  .option('--quick', 'a smoke run: small numbers that mean little', false)
  .option('--json', 'print the report as JSON', false)
  .addOption(new Option('--only <part>', 'one part alone').choices(PARTS))
  .option('--rounds <count>', 'rounds a receiver', wholeNumber(1, 1_000))
  .option('--requests <count>', 'requests a round', wholeNumber(1, 10_000_000))
  .option('--events <count>', 'events to rebuild from', wholeNumber(1, 100_000_000))
  .option('--port <number>', 'the first of two ports to use', wholeNumber(1, 65_534), 3790)
  .parse()
  .opts<Arguments>()

const size = options.quick ? QUICK : FULL
const say = (line: string) => process.stderr.write(`${line}\n`)
const directory = await mkdtemp(path.join(os.tmpdir(), 'waggle-bench-settings-'))
await generateClient()
const server = await startBenchServer()
const wants = (part: (typeof PARTS)[number]) => !options.only || options.only === part

try {
  const report: BenchReport = {
    machine: {
      node: process.version,
      postgres: server.version,
      cpus: os.cpus().length,
      cpu: os.cpus()[0]?.model ?? 'unknown',
    },
  }
  if (wants('load')) {
    report.load = await measureLoad(
      server,
      {
        rounds: options.rounds ?? size.rounds,
        requests: options.requests ?? size.requests,
        warmUp: size.warmUp,
        connections: CONNECTIONS,
        ports: { waggle: options.port, express: options.port + 1 },
        directory,
      },
      say,
    )
  }
  if (wants('projection') || wants('pages')) {
    const { databaseUrl, ...projection } = await measureProjection(server, size.backlog, say)
    report.projection = projection
    if (wants('pages')) {
      report.pages = await measurePages(databaseUrl, size.room, options.port, directory)
    }
  }
  if (wants('lists')) {
    report.lists = await measureLists(server, size.lists, options.port, directory, say)
  }
  if (wants('rooms')) {
    report.rooms = await measureRooms(server, size.longRoom, options.port, directory, say)
  }
  if (wants('search')) {
    report.search = await measureSearches(server, size.searched, say)
  }
  if (wants('export')) {
    report.exports = await measureExport(server, size.exported, options.port, directory, say)
    // A file that is not what was stated is a fault anywhere.
    if (report.exports.some(({ stated, written }) => stated !== written)) process.exitCode = 1
  }
  if (wants('rebuild')) {
    report.rebuild = await measureRebuild(
      server,
      options.events ?? size.rebuilt,
      options.port,
      directory,
      say,
    )
    const { parity, meanwhile } = report.rebuild
    const isWhole = meanwhile.stored === meanwhile.acknowledged && meanwhile.notApplied === 0
    if (parity.differences > 0 || !isWhole) process.exitCode = 1
  }
  process.stdout.write(
    `${options.json ? JSON.stringify(report, null, 2) : describeReport(report)}\n`,
  )
  // Speed is told, not judged: it belongs to the machine. A lost or an invented row is a fault anywhere.
  if (report.load && !report.load.isComplete) process.exitCode = 1
  if (report.projection && report.projection.failed > 0) process.exitCode = 1
} finally {
  await server.stop()
  await rm(directory, { recursive: true, force: true })
}
