/**
 * How many events a replay projects in one transaction, and how many bytes of bodies: small, as arrivals that
 * touch the same rows wait for it.
 */
export const REPLAY_BATCH = { events: 250, bodyBytes: 4 * 1024 * 1024 } as const
