import { setImmediate as nextTurn } from 'node:timers/promises'
import { diffWordsWithSpace } from 'diff'
import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { projectEvent } from '@/lib/projections/project-event'
import { isLater, type Version } from '@/lib/projections/version'
import { MAX_TEXT } from './room-message'

/** A piece of a text beside the one before it. */
export type TextPart = { text: string; change: 'same' | 'added' | 'removed' }

/**
 * A text that a message has had: since when, by which event, and how it differs from the one before; the
 * first differs in nothing. Texts are compared up to MAX_TEXT characters; `isCut` when there is more.
 */
export type Revision = { at: Date; eventId: string; parts: TextPart[]; isCut: boolean }

/** The oldest text first. `isCut` when older events were left out. */
export type MessageHistory = { revisions: Revision[]; isCut: boolean }

// Of the newest events of a message, so that none with thousands of edits keeps the server busy.
const MAX_EVENTS = 100
const MAX_BYTES = 8 * 1024 * 1024
// The process that draws the page takes deliveries, too.
const LONGEST_DIFF_MS = 40
const ALL_DIFFS_MS = 300

/**
 * What a message has said, folded from the log. Null when the room has no such message, or it was deleted:
 * what it said is then for an administrator alone.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listMessageHistory(key: {
  companyUuid: string
  roomUuid: string
  uuid: string
}): Promise<MessageHistory | null> {
  await requireUser()
  const { companyUuid, uuid } = key
  const where = { ...key, deletedAt: null }
  const message = await db().message.findFirst({ where, select: { uuid: true } })
  if (!message) return null
  const { seqs, isCut } = await newestEvents(companyUuid, uuid)
  const events = await db().webhookEvent.findMany({
    where: { seq: { in: seqs } },
    select: {
      ...{ seq: true, id: true, eventType: true, companyUuid: true, userUuid: true },
      ...{ body: true, tokenIat: true, receivedAt: true },
    },
  })
  const texts = events.flatMap((event) => {
    const result = projectEvent(event)
    const content = result.ok
      ? result.changes.messages.find((row) => row.uuid === uuid)?.content
      : null
    return content
      ? [{ ...versionOf(content), eventId: event.id, text: content.content ?? '' }]
      : []
  })
  texts.sort((a, b) => (isLater(a, b) ? 1 : -1))
  const distinct = texts.filter((one, index) => one.text !== texts[index - 1]?.text)
  return { isCut, revisions: await compareAll(distinct) }
}

type Told = Version & { eventId: string; text: string }

/** Each text beside the one before it, the newest first for as long as there is time to compare them. */
async function compareAll(texts: Told[]): Promise<Revision[]> {
  const revisions: Revision[] = []
  let spentMs = 0
  for (const [back, { occurredAt, eventId, text }] of texts.toReversed().entries()) {
    const began = performance.now()
    const leftMs = Math.min(LONGEST_DIFF_MS, ALL_DIFFS_MS - spentMs)
    const parts = compare(texts.at(-back - 2)?.text, text, leftMs)
    spentMs += performance.now() - began
    revisions.push({ at: occurredAt, eventId, parts, isCut: text.length > MAX_TEXT })
    await nextTurn()
  }
  return revisions.reverse()
}

async function newestEvents(companyUuid: string, messageUuid: string) {
  const found = await db().webhookEvent.findMany({
    where: {
      ...{ companyUuid, messageUuid, status: 'applied' },
      eventType: { in: ['message_created', 'message_updated'] },
    },
    select: { seq: true, bodySize: true },
    orderBy: { seq: 'desc' },
    take: MAX_EVENTS + 1,
  })
  let bytes = 0
  const seqs = found
    .slice(0, MAX_EVENTS)
    .filter(({ bodySize }, index) => (bytes += bodySize) <= MAX_BYTES || index === 0)
    .map(({ seq }) => seq)
  return { seqs, isCut: seqs.length < found.length }
}

function versionOf({ occurredAt, eventSeq }: Version): Version {
  return { occurredAt, eventSeq }
}

function compare(before: string | undefined, after: string, timeout: number): TextPart[] {
  const now = after.slice(0, MAX_TEXT)
  if (before === undefined) return [{ text: now, change: 'same' }]
  const then = before.slice(0, MAX_TEXT)
  // Two long texts with nothing in common: comparing them word by word tells nobody anything.
  const parts = (timeout > 0 && diffWordsWithSpace(then, now, { timeout })) || [
    { value: then, added: false, removed: true },
    { value: now, added: true, removed: false },
  ]
  return parts.map(({ value, added, removed }) => ({
    text: value,
    change: added ? 'added' : removed ? 'removed' : 'same',
  }))
}
