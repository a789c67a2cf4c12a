/**
 * Lets the process go on when nobody reads its output any more: the terminal is gone, or `tee` has ended.
 * Without this each line fails, the failure is printed, that fails, and so on without end.
 */
export function surviveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
    })
  }
}
