import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { SESSION_COOKIE } from '@/lib/auth/request-names'
import { BENCH_EMAIL } from './receiver-processes'

/** A session of the administrator, as a cookie. */
export async function signIn(client: pg.Client, origin: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const cookie = `${SESSION_COOKIE}=${token}`
  // A token makes Waggle look for the administrator, and so make that account on a new database.
  await fetch(origin, { headers: { cookie }, redirect: 'manual' })
  const { rowCount } = await client.query(
    `INSERT INTO session (token_hash, user_id, expires_at)
     SELECT $1, id, now() + interval '1 hour' FROM app_user WHERE email = $2`,
    [createHash('sha256').update(token).digest(), BENCH_EMAIL],
  )
  if (rowCount !== 1) throw new Error('There is no administrator to sign in.')
  return cookie
}

/** Asks for a page and waits for its last byte. */
export async function readPage(address: string, cookie: string): Promise<void> {
  const response = await fetch(address, { headers: { cookie }, redirect: 'manual' })
  await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`${address} answered ${response.status}.`)
}
