import { once } from 'node:events'
import pg from 'pg'
import type { BenchServer } from './bench-server'
import type { LoadMessage, LoadOrder, LoadResult } from './load-process'
import { median } from './median'
import { waitUntilProjected } from './pending-events'
import {
  BENCH_SECRET,
  forkScript,
  startExpressProcess,
  startWaggleProcess,
} from './receiver-processes'

export type LoadPlan = {
  rounds: number
  requests: number
  warmUp: number
  connections: number
  ports: { waggle: number; express: number }
  directory: string
}

type Name = 'waggle' | 'express'

export type LoadRound = LoadResult & {
  server: Name
  round: number
  acceptedPerSecond: number
  /** Waggle only: events of this round, from the first request until all are in the read model. */
  projectedPerSecond: number | null
}

export type LoadReport = {
  rounds: LoadRound[]
  medians: Record<Name, { acceptedPerSecond: number; p50: number; p99: number }>
  projectedPerSecond: number
  /** Waggle's accepted/s by Express's, round by round, and p99 likewise. */
  ratios: number[]
  ratio: number
  p99Ratio: number
  /** Rows in the log against acknowledged requests, warm-up included. */
  rows: Record<Name, { acknowledged: number; stored: number }>
  isComplete: boolean
}

/** Loads both receivers in turn, on one Postgres, each round in the other order. */
export async function measureLoad(
  server: BenchServer,
  plan: LoadPlan,
  say: (line: string) => void,
): Promise<LoadReport> {
  const urls = {
    waggle: await server.createDatabase('waggle'),
    express: await server.createDatabase('express'),
  }
  const waggle = await startWaggleProcess(urls.waggle, plan.ports.waggle, plan.directory)
  const express = await startExpressProcess(urls.express, plan.ports.express)
  const acknowledged = { waggle: 0, express: 0 }
  const rounds: LoadRound[] = []
  try {
    for (let round = 0; round <= plan.rounds; round++) {
      const order: Name[] = round % 2 === 0 ? ['express', 'waggle'] : ['waggle', 'express']
      for (const name of order) {
        // Round 0 warms up and is not told.
        const requests = round === 0 ? plan.warmUp : plan.requests
        await server.checkpoint()
        const result = await runRound(name, round, requests, urls.waggle, plan)
        acknowledged[name] += result.acknowledged
        if (round === 0) continue
        rounds.push(result)
        say(describeRound(result))
      }
    }
    const rows = {
      waggle: {
        acknowledged: acknowledged.waggle,
        stored: await countRows(urls.waggle, 'webhook_event'),
      },
      express: {
        acknowledged: acknowledged.express,
        stored: await countRows(urls.express, 'event'),
      },
    }
    return summarise(rounds, rows)
  } finally {
    await waggle.stop()
    await express.stop()
  }
}

async function runRound(
  server: Name,
  round: number,
  requests: number,
  waggleUrl: string,
  plan: LoadPlan,
): Promise<LoadRound> {
  const child = forkScript('tests/bench/load-process.ts')
  child.stderr?.pipe(process.stderr)
  child.stdout?.pipe(process.stderr)
  const order: LoadOrder = {
    port: plan.ports[server],
    secret: BENCH_SECRET,
    seed: 1_000 + round,
    requests,
    connections: plan.connections,
  }
  child.send(order)
  await nextMessage(child, 'prepared')
  const answer = nextMessage(child, 'result')
  const started = performance.now()
  child.send('go')
  const result = (await answer) as LoadResult
  await once(child, 'exit')
  let projectedPerSecond: number | null = null
  if (server === 'waggle') {
    // The other receiver's turn begins when nothing of this one is left to do.
    await waitUntilProjected(waggleUrl)
    projectedPerSecond = (result.acknowledged * 1000) / (performance.now() - started)
  }
  return {
    ...result,
    server,
    round,
    acceptedPerSecond: result.acknowledged / result.seconds,
    projectedPerSecond,
  }
}

async function nextMessage(
  child: ReturnType<typeof forkScript>,
  kind: LoadMessage['kind'],
): Promise<LoadMessage> {
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The load process ended with ${code} before its ${kind}.`)
    }),
  ])) as [LoadMessage]
  return message
}

function summarise(rounds: LoadRound[], rows: LoadReport['rows']): LoadReport {
  const of = (name: Name) => rounds.filter(({ server }) => server === name)
  const medianOf = (name: Name, key: 'acceptedPerSecond' | 'p50' | 'p99') =>
    median(of(name).map((round) => round[key]))
  const medians = (name: Name) => ({
    acceptedPerSecond: medianOf(name, 'acceptedPerSecond'),
    p50: medianOf(name, 'p50'),
    p99: medianOf(name, 'p99'),
  })
  const pairs = of('waggle').flatMap((waggle) => {
    const express = of('express').find(({ round }) => round === waggle.round)
    return express ? [{ waggle, express }] : []
  })
  const ratios = pairs.map(
    ({ waggle, express }) => waggle.acceptedPerSecond / express.acceptedPerSecond,
  )
  return {
    rounds,
    medians: { waggle: medians('waggle'), express: medians('express') },
    projectedPerSecond: median(of('waggle').map((round) => round.projectedPerSecond ?? 0)),
    ratios,
    ratio: median(ratios),
    p99Ratio: median(pairs.map(({ waggle, express }) => waggle.p99 / express.p99)),
    rows,
    isComplete: Object.values(rows).every((row) => row.acknowledged === row.stored),
  }
}

async function countRows(url: string, table: 'webhook_event' | 'event'): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`)
    return Number(rows[0]?.count)
  } finally {
    await client.end()
  }
}

function describeRound(round: LoadRound): string {
  const refused = Object.entries(round.refused).map(([status, count]) => `${count} × ${status}`)
  return [
    `round ${round.round}`,
    round.server.padEnd(7),
    `${Math.round(round.acceptedPerSecond)} accepted/s`.padStart(17),
    `p50 ${round.p50.toFixed(1)} ms`.padStart(13),
    `p99 ${round.p99.toFixed(1)} ms`.padStart(14),
    round.projectedPerSecond ? `${Math.round(round.projectedPerSecond)} projected/s` : '',
    refused.join(', '),
  ].join('  ')
}
