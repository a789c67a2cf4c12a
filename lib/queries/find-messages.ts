import { Prisma, type Transaction } from '@/lib/db'
import type { MessageCondition } from './message-condition'

/** Best fit first, or the newest first. */
export type MessageSort = 'best' | 'newest'

export type MessageKey = { company_uuid: string; uuid: string }

/** `complete` is false when more than `limit` messages match: the keys are then among the newest ones. */
export type FoundMessages = { keys: MessageKey[]; complete: boolean }

type Request = { limit: number; sort: MessageSort; rowsWalked?: number }

const ROWS_WALKED = 20_000

/**
 * The newest `limit` messages that match. The planner can't know whether a word stands in every message
 * of last week or in three of last year, and takes a second for a wrong guess. So it is not asked: a walk
 * over the newest messages finds what is common, and when that does not suffice the word is rare enough
 * for all its messages to be read through the full-text index.
 */
export async function findMessages(
  tx: Transaction,
  condition: MessageCondition,
  { limit, sort, rowsWalked = ROWS_WALKED }: Request,
): Promise<FoundMessages> {
  const near = await nearMessages(tx, condition, limit + 1, rowsWalked)
  const met =
    near.length > limit || condition.text === null
      ? near
      : await tx.$queryRaw<Ranked[]>(indexedMessagesQuery(condition, condition.text, limit + 1))
  const kept = met.slice(0, limit)
  if (sort === 'best') kept.sort((a, b) => b.rank - a.rank)
  return {
    keys: kept.map(({ company_uuid, uuid }) => ({ company_uuid, uuid })),
    complete: met.length <= limit,
  }
}

type Ranked = MessageKey & { rank: number }

const ORDER = Prisma.sql`m.created_at DESC, m.company_uuid, m.uuid`

function nearMessages(
  tx: Transaction,
  { text, days, keys }: MessageCondition,
  limit: number,
  rowsWalked: number,
): Promise<Ranked[]> {
  // Without words the walk itself is all that there is to go by.
  const walked = text === null ? Prisma.empty : Prisma.sql`LIMIT ${rowsWalked}`
  return tx.$queryRaw<Ranked[]>`
    SELECT m.company_uuid, m.uuid, ${rank(text)} AS rank FROM (
      SELECT m.company_uuid, m.uuid, m.created_at, m.search_vector,
        m.author_uuid, m.room_uuid, m.partnership_uuid
      FROM message m WHERE ${days} ORDER BY ${ORDER} ${walked}
    ) m WHERE ${matches(text)} AND ${keys} ORDER BY ${ORDER} LIMIT ${limit}`
}

/** SQL for the newest of all messages that have the words, found through the full-text index. */
export function indexedMessagesQuery(
  { days, keys }: MessageCondition,
  text: string,
  limit: number,
): Prisma.Sql {
  return Prisma.sql`
    WITH met AS MATERIALIZED (
      SELECT m.company_uuid, m.uuid, m.created_at FROM message m
      WHERE ${days} AND ${matches(text)} AND ${keys}
    )
    SELECT company_uuid, uuid, (
      SELECT ${rank(text)} FROM message m
      WHERE m.company_uuid = met.company_uuid AND m.uuid = met.uuid
    ) AS rank
    FROM met ORDER BY created_at DESC, company_uuid, uuid LIMIT ${limit}`
}

function matches(text: string | null): Prisma.Sql {
  return text === null ? Prisma.sql`TRUE` : Prisma.sql`m.search_vector @@ ${text}::tsquery`
}

// Divided by the logarithm of the length (1), so that a short answer counts more than a long digest.
function rank(text: string | null): Prisma.Sql {
  return text === null ? Prisma.sql`0` : Prisma.sql`ts_rank(m.search_vector, ${text}::tsquery, 1)`
}
