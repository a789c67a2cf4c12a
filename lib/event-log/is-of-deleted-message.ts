import { Prisma } from '@/lib/db'

/**
 * SQL for whether an event tells of a message that has been deleted, whatever became of the event itself. By what
 * the pages show: a dry run and a rebuild have messages of their own.
 *
 * @param event The table's name in the query; never a value.
 */
export function isOfDeletedMessage(event: string): Prisma.Sql {
  const e = Prisma.raw(event)
  return Prisma.sql`EXISTS (
    SELECT FROM public.message m
    WHERE m.company_uuid = ${e}.company_uuid AND m.uuid = ${e}.message_uuid
      AND m.deleted_at IS NOT NULL)`
}
