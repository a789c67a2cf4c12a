import { db, Prisma } from '@/lib/db'
import { APPLIED_CONTACT, APPLIED_PARTNER, byVersion, VERSION_AT } from './event-versions'

const LATER_LOOKED_AT = 200

/** An event that says something of a subject, which is a partnership or a contact. */
export type SubjectVersion = { seq: bigint; subjectUuid: string }

/**
 * What lies around a version: `beforeSeq` is the version of the same subject just before it, null when it is
 * the first. `late`: a later version had arrived before this event did; looked for among the 200 next.
 */
export type VersionPlace = SubjectVersion & { beforeSeq: bigint | null; late: boolean }

/** The places of versions of partnerships or of contacts; each costs a walk of bounded length along an index. */
export async function findVersionPlaces(
  subject: 'partnership' | 'contact',
  versions: SubjectVersion[],
): Promise<VersionPlace[]> {
  if (versions.length === 0) return []
  const applied = subject === 'partnership' ? APPLIED_PARTNER : APPLIED_CONTACT
  const column = Prisma.raw(`e.${subject}_uuid`)
  const ofSubject = Prisma.sql`${applied} AND e.company_uuid = v.company_uuid AND ${column} = v.subject_uuid`
  return db().$queryRaw<VersionPlace[]>`
    WITH asked AS (
      SELECT * FROM unnest(${versions.map(({ seq }) => seq)}::bigint[],
        ${versions.map(({ subjectUuid }) => subjectUuid)}::text[]) AS asked(seq, subject_uuid)),
    v AS MATERIALIZED (
      SELECT e.seq, e.company_uuid, asked.subject_uuid, ${VERSION_AT} AS at
      FROM asked JOIN webhook_event e ON e.seq = asked.seq)
    SELECT v.seq, v.subject_uuid AS "subjectUuid",
      (SELECT e.seq FROM webhook_event e
       WHERE ${ofSubject} AND (${VERSION_AT}, e.seq) < (v.at, v.seq)
       ORDER BY ${byVersion('DESC')} LIMIT 1) AS "beforeSeq",
      EXISTS (
        SELECT 1 FROM (
          SELECT e.seq FROM webhook_event e
          WHERE ${ofSubject} AND (${VERSION_AT}, e.seq) > (v.at, v.seq)
          ORDER BY ${byVersion('ASC')} LIMIT ${LATER_LOOKED_AT}) later
        WHERE later.seq < v.seq) AS late
    FROM v`
}
