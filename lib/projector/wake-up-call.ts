/** Lets one waiter sleep until somebody rings, or a time has passed. A ring while nobody waits is kept. */
export class WakeUpCall {
  private rung = false
  private wake: (() => void) | null = null

  ring(): void {
    this.rung = true
    this.wake?.()
  }

  /** Resolves at the next ring (at once after an earlier one), after `ms` milliseconds, or on abort. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.rung && !signal.aborted) await this.sleep(ms, signal)
    this.rung = false
  }

  private sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.wake = null
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
      this.wake = done
    })
  }
}
