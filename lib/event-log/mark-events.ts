import type { Transaction } from '@/lib/db'
import { EVENT_CHANGES_CHANNEL } from '@/lib/event-changes'

/** Why an event was not projected. */
export type EventFailure = {
  seq: bigint
  outcome: 'failed' | 'invalid' | 'unsupported'
  code: string
  message: string
}

/** Notes on the events themselves that their latest projection took effect, and tells open pages with the commit. */
export async function markApplied(
  tx: Transaction,
  seqs: bigint[],
  projectorVersion: number,
): Promise<void> {
  if (seqs.length === 0) return
  await tx.$executeRaw`
    WITH marked AS (
      UPDATE webhook_event
      SET status = 'applied', attempts = attempts + 1, processed_at = now(),
          projector_version = ${projectorVersion}, error_code = NULL, error_message = NULL
      WHERE seq = ANY(${seqs}::bigint[]))
    SELECT pg_notify(${EVENT_CHANGES_CHANNEL}, '')::text`
}

/** Notes on the events themselves why their latest projection had no effect, and tells open pages with the commit. */
export async function markFailed(
  tx: Transaction,
  failures: EventFailure[],
  projectorVersion: number,
): Promise<void> {
  if (failures.length === 0) return
  const records = failures.map((failure) => ({ ...failure, seq: String(failure.seq) }))
  await tx.$executeRaw`
    WITH marked AS (
      UPDATE webhook_event e
      SET status = x.outcome::event_status, attempts = attempts + 1, processed_at = now(),
          projector_version = ${projectorVersion}, error_code = x.code, error_message = x.message
      FROM json_to_recordset(${JSON.stringify(records)}::json)
        AS x(seq bigint, outcome text, code text, message text)
      WHERE e.seq = x.seq)
    SELECT pg_notify(${EVENT_CHANGES_CHANNEL}, '')::text`
}
