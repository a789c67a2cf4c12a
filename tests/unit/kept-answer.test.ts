import { expect, test } from 'vitest'
import { keptAnswer } from '@/lib/queries/kept-answer'

/** A question whose answer is how often it was asked, and takes `cost` milliseconds of its clock. */
function question(cost: number) {
  const state = { time: 0, asked: 0, fails: false }
  const answer = keptAnswer(
    async () => {
      state.asked++
      state.time += cost
      if (state.fails) throw new Error('no answer')
      return state.asked
    },
    { now: () => state.time },
  )
  return { state, answer }
}

test('an answer is kept a hundred times as long as it took', async () => {
  const { state, answer } = question(20)
  expect(await answer()).toBe(1)
  state.time = 20 + 1_999
  expect(await answer()).toBe(1)
  state.time = 20 + 2_000
  expect(await answer()).toBe(2)
})

test('an answer is kept for a minute at most', async () => {
  const { state, answer } = question(5_000)
  await answer()
  state.time = 5_000 + 59_999
  expect(await answer()).toBe(1)
  state.time = 5_000 + 60_000
  expect(await answer()).toBe(2)
})

test('who asks while the answer is being found gets the same', async () => {
  const { answer } = question(20)
  expect(await Promise.all([answer(), answer(), answer()])).toEqual([1, 1, 1])
})

test('a failure is told to those who waited, and not kept', async () => {
  const { state, answer } = question(20)
  state.fails = true
  await expect(answer()).rejects.toThrow('no answer')
  state.fails = false
  expect(await answer()).toBe(2)
})
