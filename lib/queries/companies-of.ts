import { Prisma } from '@/lib/db'

/** A table with an index that begins with the company and goes on with `subject`. */
type Mentions = { table: Prisma.Sql; subject: Prisma.Sql }

/**
 * SQL for the companies that have rows with a subject. There are few of them among many rows: it steps from
 * one to the next through the index. (Postgres skips by itself only from version 18 on.)
 */
export function companiesOf({ table, subject }: Mentions): Prisma.Sql {
  return Prisma.sql`
    WITH RECURSIVE company AS (
      (SELECT company_uuid FROM ${table} WHERE ${subject} IS NOT NULL
       ORDER BY company_uuid LIMIT 1)
      UNION ALL
      SELECT (SELECT n.company_uuid FROM ${table} n
              WHERE n.${subject} IS NOT NULL AND n.company_uuid > c.company_uuid
              ORDER BY n.company_uuid LIMIT 1)
      FROM company c WHERE c.company_uuid IS NOT NULL
    )
    SELECT company_uuid FROM company WHERE company_uuid IS NOT NULL`
}

/** SQL for the companies that have rows with this very subject. */
export function companiesMentioning(mentions: Mentions, uuid: string): Prisma.Sql {
  const { table, subject } = mentions
  return Prisma.sql`
    SELECT c.company_uuid FROM (${companiesOf(mentions)}) c CROSS JOIN LATERAL (
      SELECT 1 FROM ${table} m
      WHERE m.company_uuid = c.company_uuid AND m.${subject} = ${uuid} LIMIT 1
    ) mentioned`
}
