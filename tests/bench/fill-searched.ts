import pg from 'pg'

const WORDS = 5_000
const ROOMS = 500
const AUTHORS = 200

/**
 * Fills the messages of a migrated, empty database directly, past the projector: 20 to 40 words each out of 5,000
 * (`w0` the commonest, in most messages; `w4999` the rarest, in about one of 700), with the vectors that
 * lib/message-words.ts would make of them. One in ten has a file.
 */
export async function fillSearched(databaseUrl: string, messages: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(`SET synchronous_commit TO off; SET maintenance_work_mem TO '512MB'`)
    const { rows } = await client.query<{ definition: string }>(
      `SELECT pg_get_indexdef('message_search_idx'::regclass) AS definition`,
    )
    await client.query('DROP INDEX message_search_idx')
    for (const statement of dataset(messages)) await client.query(statement)
    await client.query(rows[0]?.definition ?? '')
    await client.query('VACUUM (ANALYZE) message, attachment, room, author, partnership')
  } finally {
    await client.end()
  }
}

const AT = `timestamptz '2024-01-01' + made.n * interval '1 minute'`
const VERSION = 'first_event_at, occurred_at, event_seq, projector_version'

function dataset(messages: number): string[] {
  return [
    `INSERT INTO partnership (company_uuid, uuid, company_name, sort_key, search_text, ${VERSION})
     SELECT 'company_a', 'p' || made.n, 'Partner ' || made.n, 'partner ' || made.n, 'partner ' || made.n,
       ${AT}, ${AT}, made.n, 1
     FROM generate_series(0, ${ROOMS - 1}) made(n)`,
    `INSERT INTO room (company_uuid, uuid, partnership_uuid, message_count, attachment_count, sort_at, ${VERSION})
     SELECT 'company_a', 'r' || made.n, 'p' || made.n, 0, 0, ${AT}, ${AT}, ${AT}, made.n, 1
     FROM generate_series(0, ${ROOMS - 1}) made(n)`,
    `INSERT INTO author (company_uuid, uuid, email, first_name, last_name, occurred_at, event_seq, projector_version)
     SELECT 'company_a', 'u' || made.n, 'user' || made.n || '@example.com', 'Given' || made.n,
       'Family' || made.n % 40, ${AT}, made.n, 1
     FROM generate_series(0, ${AUTHORS - 1}) made(n)`,
    `INSERT INTO message (company_uuid, uuid, room_uuid, partnership_uuid, author_uuid, content,
       attachment_count, created_at, updated_at, edited, search_vector, ${VERSION})
     SELECT 'company_a', 'm' || made.n, 'r' || r, 'p' || r, 'u' || made.n % ${AUTHORS}, text,
       CASE WHEN made.n % 10 = 0 THEN 1 ELSE 0 END, ${AT}, ${AT}, false,
       to_tsvector('simple', text) || array_to_tsvector(
         ARRAY['author:u' || made.n % ${AUTHORS}, 'room:r' || r, 'partnership:p' || r]
         || CASE WHEN made.n % 10 = 0 THEN '{has:file}'::text[] ELSE '{}' END),
       ${AT}, ${AT}, made.n, 1
     FROM (
       SELECT n, n % ${ROOMS} AS r,
         (SELECT string_agg('w' || floor(${WORDS} * power(random(), 3))::int, ' ')
          FROM generate_series(1, 20 + n % 21)) AS text
       FROM generate_series(1, ${messages}) n
     ) made`,
    `INSERT INTO attachment (company_uuid, message_uuid, uuid, position, room_uuid, file_name, created_at,
       sort_key, search_text)
     SELECT 'company_a', 'm' || made.n, 'a' || made.n, 0, 'r' || made.n % ${ROOMS}, 'offer-' || made.n || '.pdf',
       ${AT}, 'offer', 'offer'
     FROM generate_series(10, ${messages}, 10) made(n)`,
  ]
}
