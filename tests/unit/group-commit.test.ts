import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DatabaseUnavailableError } from '@/lib/errors'
import { GroupCommit, QueueFullError, type GroupCommitOptions } from '@/lib/receiver/group-commit'

class PoisonError extends Error {}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

type Batch = { items: string[]; finish: () => void; fail: (error: unknown) => void }

// A writer whose batches end when the test says so.
function started(options: Partial<GroupCommitOptions<string, string>> = {}) {
  const batches: Batch[] = []
  let wake = () => {}
  const group = new GroupCommit<string, string>({
    write: (items) =>
      new Promise((resolve, reject) => {
        batches.push({
          items,
          finish: () => resolve(items.map((item) => `${item}!`)),
          fail: reject,
        })
        wake()
      }),
    isItemsFault: (error) => error instanceof PoisonError,
    maxBatchItems: 10,
    maxBatchBytes: 1_000,
    maxQueuedItems: 100,
    maxQueuedBytes: 10_000,
    maxInFlight: 1,
    deadlineMs: 5_000,
    ...options,
  })
  const batch = async (index: number): Promise<Batch> => {
    while (!batches[index]) await new Promise<void>((resolve) => (wake = resolve))
    return batches[index]
  }
  return { group, batch, batches }
}

test('requests of one turn share a batch, and what comes meanwhile shares the next', async () => {
  const { group, batch, batches } = started()
  const first = [group.submit('a', 1), group.submit('b', 1)]
  const one = await batch(0)
  const second = [group.submit('c', 1), group.submit('d', 1)]
  expect(one.items).toEqual(['a', 'b'])
  expect(batches).toHaveLength(1)

  one.finish()
  expect(await Promise.all(first)).toEqual(['a!', 'b!'])
  const two = await batch(1)
  expect(two.items).toEqual(['c', 'd'])
  two.finish()
  expect(await Promise.all(second)).toEqual(['c!', 'd!'])
})

test('a batch is bounded by its count and its bytes, and one item always fits', async () => {
  const { group, batch } = started({ maxBatchItems: 3, maxBatchBytes: 100 })
  const all = Promise.all([
    group.submit('huge', 500),
    group.submit('a', 60),
    group.submit('b', 60),
    group.submit('c', 1),
    group.submit('d', 1),
    group.submit('e', 1),
  ])
  const seen: string[][] = []
  for (let index = 0; seen.flat().length < 6; index++) {
    const { items, finish } = await batch(index)
    seen.push(items)
    finish()
  }
  expect(seen).toEqual([['huge'], ['a'], ['b', 'c', 'd'], ['e']])
  await all
})

test('a queue that is full refuses at once, and takes again when it has emptied', async () => {
  const { group, batch } = started({ maxQueuedItems: 2, maxQueuedBytes: 100 })
  const first = group.submit('a', 1)
  const one = await batch(0)
  const waiting = [group.submit('b', 50)]
  await expect(group.submit('c', 51)).rejects.toThrow(QueueFullError)
  waiting.push(group.submit('d', 50))
  await expect(group.submit('e', 0)).rejects.toThrow(QueueFullError)
  one.finish()
  await first
  const two = await batch(1)
  const late = group.submit('f', 100)
  two.finish()
  await Promise.all(waiting)
  ;(await batch(2)).finish()
  expect(await late).toBe('f!')
})

test('when the database fails, the whole batch is told at once and the next one is tried', async () => {
  const { group, batch } = started()
  const failed = Promise.allSettled([group.submit('a', 1), group.submit('b', 1)])
  const one = await batch(0)
  const next = group.submit('c', 1)
  one.fail(new Error('connection lost'))
  for (const result of await failed) {
    expect(result).toMatchObject({ reason: expect.any(DatabaseUnavailableError) as Error })
  }
  ;(await batch(1)).finish()
  expect(await next).toBe('c!')
})

test('one poisonous item fails alone, after it was tried alone twice', async () => {
  const tried: string[][] = []
  const { group } = started({
    write: (items) => {
      tried.push(items)
      return items.includes('x')
        ? Promise.reject(new PoisonError())
        : Promise.resolve(items.map((item) => `${item}!`))
    },
  })
  const names = ['a', 'b', 'x', 'c', 'd']
  const results = await Promise.allSettled(names.map((name) => group.submit(name, 1)))
  expect(
    results.map((result) => (result.status === 'fulfilled' ? result.value : 'poison')),
  ).toEqual(['a!', 'b!', 'poison', 'c!', 'd!'])
  expect(tried.filter((items) => items.join() === 'x')).toHaveLength(2)
})

test('a write may answer for each item on its own', async () => {
  const { group } = started({
    write: (items) => Promise.resolve(items.map((item) => (item === 'x' ? new Error('no') : item))),
  })
  const [a, x] = await Promise.allSettled([group.submit('a', 1), group.submit('x', 1)])
  expect(a).toMatchObject({ value: 'a' })
  expect(x).toMatchObject({ reason: { message: 'no' } })
})

test('a write that hangs ends the wait at the deadline, and does not block what follows', async () => {
  const { group, batch } = started()
  const hanging = Promise.allSettled([group.submit('a', 1)])
  await batch(0)
  await vi.advanceTimersByTimeAsync(4_000)
  const next = group.submit('b', 1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await hanging).toMatchObject([{ reason: expect.any(DatabaseUnavailableError) as Error }])

  const two = await batch(1)
  expect(two.items).toEqual(['b'])
  two.finish()
  expect(await next).toBe('b!')
})

test('what waits behind a write that hangs is refused at its own deadline, and never written', async () => {
  const { group, batch, batches } = started({ maxInFlight: 1 })
  const first = Promise.allSettled([group.submit('a', 1)])
  await batch(0)
  await vi.advanceTimersByTimeAsync(1)
  const all = Promise.allSettled([group.submit('b', 1), group.submit('c', 2_000)])
  await vi.advanceTimersByTimeAsync(5_000)
  await first
  // Batch 1 holds b alone, which has expired while it hung; c never left the queue.
  expect((await all).map((result) => result.status)).toEqual(['rejected', 'rejected'])
  expect(batches.map(({ items }) => items)).toEqual([['a'], ['b']])
})
