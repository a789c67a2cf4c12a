import type { UpkeepKind } from '@/lib/replay/upkeep/create-upkeep'
import { EXIT, type ExitCode, type Terminal } from './command'
import { ProgressBar } from './progress-bar'
import { untilTold } from './until-told'

// As the running Waggle waits (lib/replay/upkeep/run-upkeep.ts).
const TRY_AGAIN_MS = 1_000
const BACKOFF_MS = 2_000

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
 * Waggle works on it; where none runs, or it ends meanwhile, this process does.
 *
 * @param tell What a finished run is told as, and whether it was under way before; its exit code.
 */
export async function runUpkeepCommand(
  kind: UpkeepKind,
  terminal: Terminal,
  tell: (run: Run, followed: boolean) => ExitCode,
): Promise<ExitCode> {
  const [{ db }, { requireUser }, create, { log }] = await Promise.all([
    import('@/lib/db'),
    import('@/lib/auth/current-user'),
    import('@/lib/replay/upkeep/create-upkeep'),
    import('@/lib/log'),
  ])
  const { email } = await requireUser()
  let followed = false
  const id = await create.createUpkeep(kind, email).catch((error: unknown) => {
    if (!(error instanceof create.UpkeepUnderWayError)) throw error
    terminal.err('One is under way already: following it.\n')
    followed = true
    return error.runId
  })
  const bar = new ProgressBar(kind === 'rebuild' ? 'Rebuilding' : 'Checking')
  const say = (text: string) => {
    bar.stop()
    terminal.err(text)
  }
  let saidThatItWaits = false
  const worker = await startWorker((error) =>
    log.warn({ err: (error as Error).message }, 'it could not go on; it is tried again'),
  )
  try {
    const told = await untilTold(
      terminal.stop,
      async () => {
        const run = await db().replayRun.findUniqueOrThrow({ where: { id } })
        bar.update(Number(run.done), Number(run.total ?? 0))
        if (run.status === 'finished') {
          bar.stop()
          return tell(run, followed)
        }
        if (run.status === 'failed' || run.status === 'cancelled') {
          say(`It was not finished: ${run.errorMessage ?? run.status}.\n`)
          return EXIT.notDone
        }
        if (!saidThatItWaits && isWaiting(run.report)) {
          saidThatItWaits = true
          say('It waits for a long query that reads the dashboard’s tables.\n')
        }
        worker.goOn()
        return null
      },
      say,
    )
    if (told === null) say('It goes on in the running Waggle, or with the next start.\n')
    return told ?? EXIT.interrupted
  } finally {
    bar.stop()
    await worker.stop()
  }
}

function isWaiting(report: unknown): boolean {
  return typeof report === 'object' && report !== null && Reflect.get(report, 'stage') === 'waiting'
}

/** Works on what waits wherever nobody else does; asked to go on while it works, it does nothing more. */
async function startWorker(onError: (error: unknown) => void) {
  const { workWhereNobodyDoes } = await import('@/lib/replay/upkeep/run-upkeep')
  const stop = new AbortController()
  let working: Promise<void> | undefined
  let notBefore = 0
  const work = async () => {
    let pauseMs = TRY_AGAIN_MS
    try {
      await workWhereNobodyDoes(stop.signal)
    } catch (error) {
      pauseMs = BACKOFF_MS
      if (!stop.signal.aborted) onError(error)
    }
    notBefore = performance.now() + pauseMs
    working = undefined
  }
  return {
    goOn: () => {
      if (performance.now() >= notBefore) working ??= work()
    },
    stop: async () => {
      stop.abort()
      await working
    },
  }
}
