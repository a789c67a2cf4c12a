import { SingleBar } from 'cli-progress'

/** A bar on a terminal's error stream while a replay runs; nothing elsewhere. */
export class ReplayProgress {
  private bar: SingleBar | null = null

  constructor(private readonly isShown: boolean) {}

  show(done: number, total: number): void {
    if (!this.isShown || total === 0) return
    if (!this.bar) {
      this.bar = new SingleBar({
        format: '{bar} {value} of {total} events · {eta_formatted} left',
        stream: process.stderr,
      })
      this.bar.start(total, done)
    }
    this.bar.setTotal(total)
    this.bar.update(done)
  }

  end(): void {
    this.bar?.stop()
    this.bar = null
  }
}
