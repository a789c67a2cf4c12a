import { InvalidAddressError } from '@/lib/errors'

/** What a page got for its address, or the sentence that refuses it. */
export type OrRefusal<Value> = { value: Value } | { refusal: string }

/** Turns an InvalidAddressError into the sentence that a page shows; every other error goes on. */
export async function orRefusal<Value>(work: () => Promise<Value>): Promise<OrRefusal<Value>> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof InvalidAddressError) return { refusal: error.message }
    throw error
  }
}
