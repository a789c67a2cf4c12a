import { ProgressBar } from './progress-bar'

/** A bar for a replay, or for finding out what one would do. */
export function replayProgress(kind: 'replay' | 'dry_run'): ProgressBar {
  return new ProgressBar(kind === 'replay' ? 'Replaying' : 'Trying')
}
