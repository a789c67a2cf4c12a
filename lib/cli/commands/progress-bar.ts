import { SingleBar } from 'cli-progress'

/**
 * How far something is, how fast it goes and how long it will take: a bar on standard error, where that is a terminal,
 * whatever becomes of the results; nothing elsewhere.
 */
export class ProgressBar {
  private bar: SingleBar | null = null
  private began = { at: 0, done: 0 }

  /**
   * @param doing A word: "Replaying".
   * @param stream Where to draw.
   */
  constructor(
    private readonly doing: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  /** Whether anybody sees it. */
  get isShown(): boolean {
    return this.stream.isTTY === true
  }

  /**
   * @param total As it is known by now; it may grow.
   * @param note What else there is to say, at its end.
   */
  update(done: number, total: number, note = ''): void {
    if (!this.isShown || total === 0) return
    const known = Math.max(total, done)
    this.bar ??= this.start(done, known)
    this.bar.setTotal(known)
    const seconds = (performance.now() - this.began.at) / 1_000
    const rate = seconds < 1 ? '–' : Math.round((done - this.began.done) / seconds)
    this.bar.update(done, { rate, note: note && ` · ${note}` })
  }

  /** Takes the bar off the line, so that something else can be written; the next update draws it anew. */
  stop(): void {
    if (!this.bar) return
    this.bar.stop()
    this.bar = null
  }

  private start(done: number, total: number): SingleBar {
    const bar = new SingleBar({
      stream: this.stream,
      format: `${this.doing} {bar} {percentage}% · {value}/{total} events · {rate} a second · {eta_formatted} left{note}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      clearOnComplete: true,
      hideCursor: true,
      fps: 10,
    })
    if (this.began.at === 0) this.began = { at: performance.now(), done }
    bar.start(total, done, { rate: '–', note: '' })
    return bar
  }
}
