/** How much of a row is read: characters of each text, items of each list in it. */
export type Extent = { text: number; items: number }

/** What a row of a list shows: as much of a label as a filter names (own-conditions.ts). */
export const SHOWN: Extent = { text: 200, items: 3 }

/** All of it: a body has at most a few million characters, and a list in it 10,000 items. */
export const WHOLE: Extent = { text: 100_000_000, items: 10_000 }
