import type { ExportReport } from './measure-export'
import type { LoadReport } from './measure-load'
import type { ListsReport } from './measure-lists'
import type { PageTime } from './measure-pages'
import type { ProjectionReport } from './measure-projection'
import type { RebuildReport } from './measure-rebuild'
import type { RoomTime } from './measure-rooms'
import type { SearchReport } from './measure-searches'
import { describeLists } from './describe-lists'
import { table } from './table'

export type BenchReport = {
  machine: { node: string; postgres: string; cpus: number; cpu: string }
  load?: LoadReport
  projection?: ProjectionReport
  pages?: PageTime[]
  lists?: ListsReport
  rooms?: RoomTime[]
  search?: SearchReport
  exports?: ExportReport[]
  rebuild?: RebuildReport
}

/** The report as text. */
export function describeReport({
  machine,
  load,
  projection,
  pages,
  lists,
  rooms,
  search,
  exports,
  rebuild,
}: BenchReport): string {
  return [
    `Node ${machine.node}, PostgreSQL ${machine.postgres}, ${machine.cpus} × ${machine.cpu}`,
    ...(load ? describeLoad(load) : []),
    ...(projection ? describeProjection(projection) : []),
    ...(pages ? describePages(pages) : []),
    ...(lists ? describeLists(lists) : []),
    ...(rooms ? describeRooms(rooms) : []),
    ...(search ? describeSearches(search) : []),
    ...(exports ? describeExports(exports) : []),
    ...(rebuild ? describeRebuild(rebuild) : []),
  ].join('\n')
}

function describeLoad(load: LoadReport): string[] {
  const row = (name: 'waggle' | 'express') => {
    const { acceptedPerSecond, p50, p99 } = load.medians[name]
    return [name, acceptedPerSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1)]
  }
  return [
    '',
    'Receiving (medians)',
    ...table([['', 'accepted/s', 'p50 ms', 'p99 ms'], row('waggle'), row('express')]),
    `Waggle by Express: ${load.ratio.toFixed(2)} accepted/s ` +
      `(by round ${load.ratios.map((ratio) => ratio.toFixed(2)).join(', ')}), ` +
      `p99 ${load.p99Ratio.toFixed(2)}`,
    `Projected meanwhile: ${load.projectedPerSecond.toFixed(0)} events/s`,
    ...Object.entries(load.rows).map(
      ([name, { acknowledged, stored }]) =>
        `${name}: ${acknowledged} acknowledged, ${stored} stored` +
        (acknowledged === stored ? '' : ' — NOT EQUAL'),
    ),
  ]
}

function describeProjection(projection: ProjectionReport): string[] {
  return [
    '',
    'Projecting a backlog',
    `${projection.events} events in ${projection.seconds.toFixed(1)} s: ` +
      `${projection.eventsPerSecond.toFixed(0)} events/s, ${projection.failed} not applied`,
    `Memory over time: ${projection.memory.join(', ')} MiB; peak ${projection.peakMemory} MiB`,
  ]
}

function describePages(pages: PageTime[]): string[] {
  return [
    '',
    'Pages (median server time)',
    ...table([
      ['', 'first ms', 'last ms', 'last by first'],
      ...pages.map(({ page, first, last, ratio }) => [
        page,
        first.toFixed(1),
        last.toFixed(1),
        ratio.toFixed(2),
      ]),
    ]),
  ]
}

function describeRooms(rooms: RoomTime[]): string[] {
  return [
    '',
    'Opening a room (medians)',
    ...table([
      ['', 'messages', 'server ms', 'shown after ms', 'scrolls after ms'],
      ...rooms.map(({ opened, messages, server, browser, scrolls }) => [
        opened,
        String(messages),
        server.toFixed(1),
        browser.toFixed(0),
        scrolls.toFixed(0),
      ]),
    ]),
  ]
}

function describeSearches({ messages, searches }: SearchReport): string[] {
  return [
    '',
    `Searching ${messages} messages`,
    ...table([
      ['', 'found', 'p50 ms', 'p99 ms', 'read from beginning to end'],
      ...searches.map(({ q, found, times, scanned }) => [
        q,
        found,
        times.p50.toFixed(0),
        times.p99.toFixed(0),
        scanned.join(', ') || '–',
      ]),
    ]),
  ]
}

function describeExports(exports: ExportReport[]): string[] {
  return [
    '',
    'Exporting (memory of the server in MiB, its heap limited to 256; the most in each third)',
    ...table([
      [
        '',
        'rows stated',
        'rows in the file',
        'MB',
        'seconds',
        'before',
        'first',
        'middle',
        'last',
        'peak',
        'more',
      ],
      ...exports.map(({ format, stated, written, megabytes, seconds, before, thirds, peak }) => [
        format,
        String(stated),
        String(written),
        megabytes.toFixed(1),
        seconds.toFixed(1),
        String(before),
        ...thirds.map(String),
        String(peak),
        String(peak - before),
      ]),
    ]),
  ]
}

function describeRebuild({ meanwhile, parity, ...rebuild }: RebuildReport): string[] {
  const { answer, shown } = meanwhile
  const times = (of: typeof answer) =>
    `p50 ${of.p50.toFixed(0)}, p99 ${of.p99.toFixed(0)}, longest ${of.longest.toFixed(0)} ms`
  return [
    '',
    'Rebuilding the read model',
    `${rebuild.events} events in ${rebuild.seconds.toFixed(1)} s: ` +
      `${rebuild.eventsPerSecond.toFixed(0)} events/s`,
    ...table([
      ['', 'seconds', "CPU of Node's", "CPU of Postgres's"],
      ...rebuild.stages.map(({ name, seconds, node, postgres }) => [
        name,
        seconds.toFixed(1),
        node.toFixed(1),
        postgres.toFixed(1),
      ]),
    ]),
    `Memory over time: ${rebuild.memory.join(', ')} MiB; peak ${rebuild.peakMemory} MiB`,
    `Meanwhile ${meanwhile.acknowledged} acknowledged, ${meanwhile.stored} stored, ` +
      `${meanwhile.notApplied} not applied`,
    `  answered after ${times(answer)}`,
    `  shown after ${times(shown)}`,
    `Parity: ${parity.compared} rows compared, ${parity.differences} differences, ` +
      `in ${parity.seconds.toFixed(1)} s`,
  ]
}
