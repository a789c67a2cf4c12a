/** How much of a row is read: characters of each text and label, items of each list in it. */
export type Extent = { text: number; label: number; items: number }

/** What a row of a list shows: as much of a label as a filter names (own-conditions.ts). */
export const SHOWN: Extent = { text: 200, label: 100, items: 3 }

/** All of it: more than a body can hold. */
export const WHOLE: Extent = { text: 100_000_000, label: 100_000_000, items: 100_000_000 }
