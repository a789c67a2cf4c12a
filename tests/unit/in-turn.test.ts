import { expect, test } from 'vitest'
import { inTurn } from '@/lib/queries/lists/in-turn'

const PATIENT = 60_000

test('two are done at a time, and the others in the order in which they came', async () => {
  const begun: number[] = []
  const ends: (() => void)[] = []
  const all = [0, 1, 2, 3].map((n) =>
    inTurn(PATIENT, async () => {
      begun.push(n)
      await new Promise<void>((resolve) => ends.push(resolve))
      return n
    }),
  )
  await settled()
  expect(begun).toEqual([0, 1])
  ends[1]?.()
  await settled()
  expect(begun).toEqual([0, 1, 2])
  ends[0]?.()
  ends[2]?.()
  await settled()
  ends[3]?.()
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3])
})

test('whose turn does not come in time goes without, and takes nobody’s place', async () => {
  const ends: (() => void)[] = []
  const held = () => inTurn(PATIENT, () => new Promise<void>((resolve) => ends.push(resolve)))
  const holding = [held(), held()]
  expect(await inTurn(1, async () => 'done')).toBeNull()
  for (const end of ends) end()
  await Promise.all(holding)
  expect(await inTurn(1, async () => 'done')).toBe('done')
})

test('what fails gives its turn back', async () => {
  for (let n = 0; n < 3; n += 1) {
    await expect(inTurn(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  }
  expect(await inTurn(1, async () => 'done')).toBe('done')
})

const settled = () => new Promise((resolve) => setTimeout(resolve))
