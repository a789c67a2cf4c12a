import { setTimeout as delay } from 'node:timers/promises'
import { SingleBar } from 'cli-progress'
import type { UpkeepKind } from '@/lib/replay/upkeep/create-upkeep'
import { EXIT, type ExitCode, type Terminal } from './command'

const POLL_MS = 500

type Run = {
  id: string
  status: string
  total: bigint | null
  done: bigint
  failed: bigint
  errorMessage: string | null
  report: unknown
}

/**
 * Asks for a rebuild or a check of parity, or follows the one that is under way, until it is over. The running
 * Waggle works on it; where none runs, this process does.
 *
 * @param tell What a finished run is told as; its exit code.
 */
export async function runUpkeepCommand(
  kind: UpkeepKind,
  terminal: Terminal,
  tell: (run: Run) => ExitCode,
): Promise<ExitCode> {
  const [{ db }, { requireUser }, create, { workWhereNobodyDoes }] = await Promise.all([
    import('@/lib/db'),
    import('@/lib/auth/current-user'),
    import('@/lib/replay/upkeep/create-upkeep'),
    import('@/lib/replay/upkeep/run-upkeep'),
  ])
  const { email } = await requireUser()
  const id = await create.createUpkeep(kind, email).catch((error: unknown) => {
    if (!(error instanceof create.UpkeepUnderWayError)) throw error
    terminal.err('One is under way already: following it.\n')
    return error.runId
  })
  const bar = startBar(kind)
  const worked = new AbortController()
  let broken: unknown
  const working = workWhereNobodyDoes(AbortSignal.any([terminal.stop, worked.signal])).catch(
    (error: unknown) => {
      broken = error
    },
  )
  try {
    for (;;) {
      const run = await db().replayRun.findUniqueOrThrow({ where: { id } })
      bar.update(Number(run.done), Number(run.total ?? 0))
      if (run.status === 'finished') return tell(run)
      if (run.status === 'failed' || run.status === 'cancelled') {
        terminal.err(`It was not finished: ${run.errorMessage ?? run.status}.\n`)
        return EXIT.notDone
      }
      if (broken !== undefined) throw broken
      if (terminal.stop.aborted) {
        terminal.err('It goes on in the running Waggle, or with the next start.\n')
        return EXIT.interrupted
      }
      await delay(POLL_MS, undefined, { signal: terminal.stop }).catch(() => undefined)
    }
  } finally {
    bar.stop()
    worked.abort()
    await working
  }
}

function startBar(kind: UpkeepKind) {
  const stream = process.stderr
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined }
  const doing = kind === 'rebuild' ? 'Rebuilding' : 'Checking'
  const bar = new SingleBar({
    stream,
    format: `${doing} {bar} {percentage}% · {value}/{total} events · {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    fps: 10,
  })
  bar.start(0, 0)
  return {
    update: (done: number, total: number) => {
      bar.setTotal(Math.max(total, done, 1))
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
