import type { RunState } from '@/lib/replay/read-run-state'
import { EXIT, type ExitCode, type Terminal } from './command'
import { printableText } from './printable-text'
import { ProgressBar } from './progress-bar'
import { untilTold } from './until-told'

const SHOWN_EVERY_MS = 500

/**
 * Works on a replay, or watches whoever does, with a progress bar, until it is over, paused or stopped. What keeps it from
 * getting on is said meanwhile.
 *
 * @param title What the bar says is done.
 * @returns How far it came.
 */
export async function followReplay(
  id: string,
  title: string,
  { err, stop }: Terminal,
): Promise<RunState> {
  const { workOnRun } = await import('@/lib/replay/run-replays')
  const { readRunState } = await import('@/lib/replay/read-run-state')
  const progress = new ProgressBar(title)
  const say = (text: string) => {
    progress.stop()
    err(text)
  }
  let state = await readRunState(id)
  let said: string | null = null
  await untilTold(
    stop,
    async () => {
      // The app's own process may have it: then this one watches.
      while (await workOnRun(id, AbortSignal.any([stop, AbortSignal.timeout(SHOWN_EVERY_MS)]))) {
        state = await readRunState(id)
        progress.update(state.done, state.total ?? 0)
      }
      state = await readRunState(id)
      progress.update(state.done, state.total ?? 0)
      if (!state.isOver && state.errorMessage !== null && state.errorMessage !== said) {
        said = state.errorMessage
        say(`${printableText(said)} (it is tried again)\n`)
      }
      return state.isOver || state.status === 'paused' ? state : null
    },
    say,
  )
  progress.stop()
  return state
}

/** Says where a replay is that is not finished, and why; what to end with. */
export function endOfReplay(state: RunState, { err, stop }: Terminal): ExitCode {
  const reason = state.errorMessage ? `: ${printableText(state.errorMessage)}` : ''
  if (stop.aborted) {
    err(`The app goes on with it; its page can cancel it, /replays/${state.id}${reason}\n`)
    return EXIT.interrupted
  }
  if (state.status !== 'finished') err(`The replay ${state.id} is ${state.status}${reason}\n`)
  return state.status === 'finished' && state.failed === 0 ? EXIT.done : EXIT.notDone
}
