/** Of repeated measurements, in milliseconds. */
export type Times = { p50: number; p99: number }

const WARM_UP = 5

const FEWEST = 20

/**
 * How long something takes that is done `repetitions` times, one after the other; fewer times, but 20 at
 * least, where that would take longer than `patienceMs`.
 */
export async function measureTimes(
  work: () => Promise<unknown>,
  repetitions: number,
  patienceMs = Infinity,
): Promise<Times> {
  const until = performance.now() + patienceMs
  const times: number[] = []
  for (let repetition = 0; repetition < WARM_UP + repetitions; repetition++) {
    const started = performance.now()
    if (started > until && times.length >= FEWEST) break
    await work()
    if (repetition >= WARM_UP) times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.ceil(times.length * part) - 1] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}
