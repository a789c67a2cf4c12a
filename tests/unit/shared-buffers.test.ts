import { expect, test } from 'vitest'
import { sharedBuffersMb } from '@/lib/runtime/shared-buffers'

const GB = 1024 ** 3

test.each([
  [GB / 2, 128],
  [2 * GB, 256],
  [64 * GB, 512],
])('of %i bytes of memory the database takes an eighth, within bounds: %i MB', (memory, mb) => {
  expect(sharedBuffersMb(memory)).toBe(mb)
})
