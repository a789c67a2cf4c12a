import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WakeUpCall } from '@/lib/projector/wake-up-call'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const HOUR = 3_600_000
const never = new AbortController().signal

async function isDone(waiting: Promise<void>): Promise<boolean> {
  return Promise.race([waiting.then(() => true), Promise.resolve().then(() => false)])
}

test('a ring ends the wait', async () => {
  const call = new WakeUpCall()
  const waiting = call.wait(HOUR, never)
  expect(await isDone(waiting)).toBe(false)
  call.ring()
  await waiting
})

test('a ring while nobody waits ends the next wait at once, and only that one', async () => {
  const call = new WakeUpCall()
  call.ring()
  call.ring()
  await call.wait(HOUR, never)
  expect(await isDone(call.wait(HOUR, never))).toBe(false)
})

test('the time ends the wait', async () => {
  const call = new WakeUpCall()
  const waiting = call.wait(1_000, never)
  await vi.advanceTimersByTimeAsync(999)
  expect(await isDone(waiting)).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await waiting
  expect(vi.getTimerCount()).toBe(0)
})

test('an abort ends the wait, also one that came before it', async () => {
  const stop = new AbortController()
  const call = new WakeUpCall()
  const waiting = call.wait(HOUR, stop.signal)
  stop.abort()
  await waiting
  await call.wait(HOUR, stop.signal)
  expect(vi.getTimerCount()).toBe(0)
})
