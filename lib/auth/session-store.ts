import { createHash, randomBytes } from 'node:crypto'
import { db, PREPARED } from '@/lib/db'
import type { User } from './current-user'

const TOKEN_BYTES = 32
// So many bytes in base64url.
const TOKEN = /^[\w-]{43}$/
const DAY_MS = 86_400_000
// Writing each visit down would cost an UPDATE a page.
const TOUCH_AFTER_MS = 3_600_000

/** A session ends after this long without a visit … */
export const IDLE_MS = 14 * DAY_MS
/** … and after this long in any case. */
export const ABSOLUTE_MS = 30 * DAY_MS

/**
 * Starts a session and purges those that have expired.
 *
 * @returns The opaque token for the cookie: 256 random bits, base64url. Only its SHA-256 is kept.
 */
export async function createSession(userId: string): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const now = Date.now()
  await db().session.deleteMany({ where: { expiresAt: { lte: new Date(now) } } })
  await db().session.create({
    data: {
      tokenHash: hashToken(token),
      userId,
      createdAt: new Date(now),
      lastSeenAt: new Date(now),
      expiresAt: new Date(now + IDLE_MS),
    },
  })
  return token
}

/** Whether a text can be a token of `createSession`: what can't needs no look into the database. */
export function isSessionToken(text: string): boolean {
  return TOKEN.test(text)
}

type FoundSession = { createdAt: Date; lastSeenAt: Date; id: string; email: string }

/** The user of a session that has neither expired nor been ended; prolongs it at most once an hour. */
export async function findSession(token: string): Promise<User | null> {
  const now = Date.now()
  const tokenHash = hashToken(token)
  const session = await livingSession(tokenHash)
  if (!session) return null
  if (now - session.lastSeenAt.getTime() >= TOUCH_AFTER_MS) {
    const end = Math.min(now + IDLE_MS, session.createdAt.getTime() + ABSOLUTE_MS)
    // updateMany: the session may have been ended in the meantime, which is no error.
    await db().session.updateMany({
      where: { tokenHash },
      data: { lastSeenAt: new Date(now), expiresAt: new Date(end) },
    })
  }
  return { id: session.id, email: session.email }
}

/** Whether a session has neither expired nor been ended. Asking is no visit: it prolongs nothing. */
export async function isSessionAlive(token: string): Promise<boolean> {
  return (await livingSession(hashToken(token))) !== undefined
}

/** Ends a session at once; a token that is unknown is no error. */
export async function endSession(token: string): Promise<void> {
  await db().session.deleteMany({ where: { tokenHash: hashToken(token) } })
}

async function livingSession(tokenHash: Uint8Array): Promise<FoundSession | undefined> {
  const [session] = await db().$queryRaw<FoundSession[]>`${PREPARED}
    SELECT s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt", u.id, u.email
    FROM session s JOIN app_user u ON u.id = s.user_id
    WHERE s.token_hash = ${tokenHash} AND s.expires_at > ${new Date()}::timestamptz`
  return session
}

function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
