import type { ListsReport, ListTimes } from './measure-lists'
import type { Times } from './measure-times'
import { table } from './table'

const GOALS = { p50: 60, p99: 250, ratio: 1.3 }

/** The lists as text: what each question costs, then the goals that were missed. */
export function describeLists({ size, fillSeconds, lists }: ListsReport): string[] {
  const missed = lists.flatMap(missedGoals)
  return [
    '',
    `Lists of ${size.partnerships} partnerships, ${size.contacts} contacts, ${size.messages} messages ` +
      `(written in ${fillSeconds.toFixed(0)} s); p50 / p99 in ms`,
    ...table([
      [
        '',
        'found',
        'query',
        'middle',
        'last',
        'last by first',
        'page',
        'last page',
        'a facet, first',
      ],
      ...lists.map((times) => [
        `${times.list}: ${times.name}`,
        times.found,
        both(times.first),
        both(times.middle),
        both(times.last),
        ratioOf(times)?.toFixed(2) ?? '',
        both(times.page.first),
        both(times.page.last),
        times.facet.toFixed(0),
      ]),
    ]),
    '',
    missed.length === 0 ? 'Every goal was met.' : 'Goals that were missed:',
    ...missed,
  ]
}

function missedGoals(times: ListTimes): string[] {
  const { list, name, page, scanned } = times
  const misses: string[] = []
  for (const [where, of] of Object.entries(page)) {
    if (of && of.p50 > GOALS.p50) misses.push(`${where} page p50 ${of.p50.toFixed(0)} ms`)
    if (of && of.p99 > GOALS.p99) misses.push(`${where} page p99 ${of.p99.toFixed(0)} ms`)
  }
  const ratio = ratioOf(times)
  if (ratio !== null && ratio > GOALS.ratio) misses.push(`last by first ${ratio.toFixed(2)}`)
  if (scanned.length > 0) misses.push(`reads ${scanned.join(', ')} from beginning to end`)
  return misses.length > 0 ? [`${list}: ${name}: ${misses.join('; ')}`] : []
}

/** The last page by the first one, as the server answers them. */
function ratioOf({ page }: ListTimes): number | null {
  return page.last && page.last.p50 / page.first.p50
}

function both(times: Times | null): string {
  return times ? `${times.p50.toFixed(0)} / ${times.p99.toFixed(0)}` : ''
}
