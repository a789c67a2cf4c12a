import { base, en, Faker } from '@faker-js/faker'

/** Where all chance of the samples comes from: the same seed gives the same answers in the same order. */
export type SampleSource = {
  faker: Faker
  /** An id in JourneyBee's style: `partnership_12345678-1234-…`. */
  uuid: (prefix: string) => string
  pick: <Item>(items: readonly Item[]) => Item
  /** A whole number from `min` to `max`, both included. */
  int: (min: number, max: number) => number
  /** True with the given probability, 0 to 1. */
  chance: (probability: number) => boolean
}

/**
 * @param now Milliseconds since 1970: what the samples take for the present. Neither the clock nor
 *   Math.random is ever asked.
 */
export function createSampleSource(seed: number, now: number): SampleSource {
  const faker = new Faker({ locale: [en, base], seed })
  faker.setDefaultRefDate(now)
  return {
    faker,
    uuid: (prefix) => `${prefix}_${faker.string.uuid()}`,
    pick: (items) => {
      const item = items[faker.number.int(items.length - 1)]
      if (item === undefined) throw new Error('There is nothing to pick from.')
      return item
    },
    int: (min, max) => faker.number.int({ min, max }),
    chance: (probability) => faker.number.float() < probability,
  }
}

/** `ACME Gmbh & Co` → `acme-gmbh-co`; empty when nothing of it is ASCII. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}
