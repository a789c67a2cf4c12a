const NAME_WIDTH = 12
const TICK_MS = 1_000

/** Where a start's progress goes: standard output, or what a test collects. */
export type Output = { write: (text: string) => unknown; isTTY?: boolean }

/** Reports what a running step is doing. */
export type Report = (detail: string) => void

/**
 * Runs the steps of a start one after the other and shows each: `✓ name  outcome`. On a terminal a step
 * that is still running shows its name and the seconds so far; elsewhere only lines that are finished
 * are written, and a line at the start of a step that says what it does.
 */
export class Steps {
  constructor(private readonly output: Output) {}

  /** @param work Returns the outcome's few words; `report` shows what a slow step is busy with. */
  async run(name: string, work: (report: Report) => Promise<string>): Promise<void> {
    const started = Date.now()
    let detail = ''
    const draw = () => {
      const seconds = Math.floor((Date.now() - started) / 1000)
      this.redraw(`  · ${name.padEnd(NAME_WIDTH)} ${detail}${seconds > 0 ? ` (${seconds} s)` : ''}`)
    }
    const ticking = this.output.isTTY ? setInterval(draw, TICK_MS) : undefined
    try {
      const outcome = await work((text) => {
        detail = text
        if (this.output.isTTY) draw()
        else this.output.write(`  · ${name.padEnd(NAME_WIDTH)} ${text}\n`)
      })
      this.finish(`  ✓ ${name.padEnd(NAME_WIDTH)} ${outcome}\n`)
    } catch (error) {
      this.finish(`  ✗ ${name}\n`)
      throw error
    } finally {
      clearInterval(ticking)
    }
  }

  private redraw(line: string): void {
    this.output.write(`\r\x1b[2K${line}`)
  }

  private finish(line: string): void {
    this.output.write(this.output.isTTY ? `\r\x1b[2K${line}` : line)
  }
}
