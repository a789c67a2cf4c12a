import { z } from 'zod'
import { checkAddress } from '@/lib/fetching/fetch-policy'
import { FetchError } from '@/lib/fetching/fetch-error'
import { RedeliveryError } from './redelivery-error'
import { redeliveryPolicy } from './redelivery-policy'

export const MAX_AT_ONCE = 10
const MAX_RATE = 1_000
const MIN_RATE = 0.01

/** A destination as people describe it. `secret` is null when the stored one stays. */
export type DestinationFields = {
  name: string
  address: string
  secret: string | null
  order: 'in_order' | 'parallel'
  atOnce: number
  ratePerSecond: number | null
}

const AT_ONCE = `“At once” must be a whole number from 1 to ${MAX_AT_ONCE}.`
const RATE = `The rate must be a number of requests a second from ${MIN_RATE} to ${MAX_RATE}, or empty.`
const text = z.string().refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value))

const schema = z.object({
  name: text
    .transform((value) => value.trim())
    .refine((value) => value.length > 0 && value.length <= 80, {
      error: 'The name must have 1 to 80 characters.',
    }),
  address: text.max(2_000, 'The address may have at most 2,000 characters.'),
  secret: text
    .transform((value) => value.trim() || null)
    .refine((value) => value === null || (value.length >= 8 && value.length <= 500), {
      error: 'The secret must have 8 to 500 characters.',
    }),
  order: z.enum(['in_order', 'parallel'], { error: 'The order must be in_order or parallel.' }),
  atOnce: z.coerce
    .number({ error: AT_ONCE })
    .int(AT_ONCE)
    .min(1, AT_ONCE)
    .max(MAX_AT_ONCE, AT_ONCE),
  ratePerSecond: z.union(
    [
      z.literal('').transform(() => null),
      z.coerce.number().min(MIN_RATE, RATE).max(MAX_RATE, RATE),
    ],
    { error: RATE },
  ),
})

/**
 * Checks what somebody sent as a destination's fields; nothing is known of it before.
 *
 * @throws RedeliveryError with the sentence for the first field that is wrong. It never repeats the secret.
 */
export function readDestinationFields(sent: Record<string, unknown>): DestinationFields {
  const result = schema.safeParse(sent)
  if (!result.success) {
    const [issue] = result.error.issues
    const named =
      issue?.message && !issue.message.startsWith('Invalid input') ? issue.message : null
    throw new RedeliveryError(named ?? `“${issue?.path.join('.')}” is not a text that can be kept.`)
  }
  const { order, atOnce, ...fields } = result.data
  return {
    ...fields,
    address: checkedAddress(fields.address),
    order,
    atOnce: order === 'in_order' ? 1 : atOnce,
  }
}

// All that can be told without the network; the rest is checked inside each connection.
function checkedAddress(address: string): string {
  try {
    const url = checkAddress(address, redeliveryPolicy())
    url.hash = ''
    return url.href
  } catch (error) {
    if (error instanceof FetchError) throw new RedeliveryError(error.message, { cause: error })
    throw error
  }
}
