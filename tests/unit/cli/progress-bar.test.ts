import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { ProgressBar } from '@/lib/cli/commands/progress-bar'

function drawn(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 120 })
  let text = ''
  stream.on('data', (bytes: Buffer) => (text += bytes.toString()))
  return {
    bar: new ProgressBar('Sending', stream as unknown as NodeJS.WriteStream),
    text: () => text,
  }
}

test('on a terminal it shows how far, how fast and how long', () => {
  const { bar, text } = drawn(true)
  expect(bar.isShown).toBe(true)
  bar.update(0, 0)
  expect(text()).toBe('')
  bar.update(10, 40, '2 dead')
  bar.stop()
  expect(text()).toMatch(/Sending █+░+ 25% · 10\/40 events · \S+ a second · \S+ left · 2 dead/)
})

test('a total that grows, or that was too small, is drawn as it is', () => {
  const { bar, text } = drawn(true)
  bar.update(5, 10)
  bar.update(30, 20)
  bar.stop()
  expect(text()).toContain('30/30 events')
})

test('elsewhere it writes nothing', () => {
  const { bar, text } = drawn(false)
  bar.update(10, 40)
  bar.stop()
  expect(bar.isShown).toBe(false)
  expect(text()).toBe('')
})
