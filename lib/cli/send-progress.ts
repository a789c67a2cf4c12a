import { SingleBar } from 'cli-progress'

export type Progress = { update: (sent: number) => void; stop: () => void }

const LINES_A_RUN = 10

/**
 * Shows how far a run is: a bar on a terminal, ten plain lines elsewhere (a log, a pipe).
 *
 * @param stream Where to draw; standard error, so that the summary can be piped.
 */
export function startProgress(
  total: number,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  if (stream.isTTY) {
    const bar = new SingleBar({
      stream,
      format: 'Sending {bar} {percentage}% · {value}/{total} · {eta_formatted} left',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      fps: 10,
    })
    bar.start(total, 0)
    return { update: (sent) => bar.update(sent), stop: () => bar.stop() }
  }
  const step = Math.max(1, Math.ceil(total / LINES_A_RUN))
  return {
    update: (sent) => {
      if (sent % step === 0 || sent === total) stream.write(`Sent ${sent} of ${total}.\n`)
    },
    stop: () => undefined,
  }
}
