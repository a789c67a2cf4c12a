import { z } from 'zod'

const REPORT = z.object({
  compared: z.number(),
  differences: z.number(),
  tables: z.array(z.object({ table: z.string(), compared: z.number(), differences: z.number() })),
  // What earlier checks did not tell is as it was with them.
  listed: z.number().default(500),
  repairs: z.number().default(0),
  isCut: z.boolean().default(false),
})

/**
 * What a finished check of parity has found: how many rows it compared and how many of them differ, in all and table
 * by table; how many of these rows it keeps with their fields (`listed`); how many events put them right (`repairs`), and whether these are not all that it would take (`isCut`).
 */
export type CheckReport = z.infer<typeof REPORT>

/** The report of a check as it is stored; null where it is not one. */
export function readCheckReport(report: unknown): CheckReport | null {
  return REPORT.safeParse(report).data ?? null
}
