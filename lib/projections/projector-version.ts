/**
 * The version of the projections, stored with every row that they write. Raise it when the same event
 * shall give other rows: projecting an event again then rewrites what an older version wrote of it.
 */
export const PROJECTOR_VERSION = 2
