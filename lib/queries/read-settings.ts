import { headers } from 'next/headers'
import { requireUser } from '@/lib/auth/current-user'
import { env } from '@/lib/env'
import { secretFingerprint } from '@/lib/secret-fingerprint'
import { webhookAddress } from '@/lib/webhook-address'
import packageJson from '@/package.json'

/** How this process is set up; no secret, and nothing that one could be guessed from. */
export type Settings = {
  webhookAddress: string
  /** Fingerprints of the secrets in INTEGRATION_UUID, in their order. */
  secretFingerprints: string[]
  maxBodyBytes: number
  /** The database's host and name, without user and password. */
  database: string
  logLevel: string
  trustsProxy: boolean
  /** Hosts that files may come from; null for all. */
  attachmentHosts: string[] | null
  fetchesFromLoopback: boolean
  version: string
}

/**
 * The settings in force in this process.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function readSettings(): Promise<Settings> {
  await requireUser()
  const settings = env()
  return {
    webhookAddress: webhookAddress(await headers(), settings),
    secretFingerprints: settings.INTEGRATION_UUID.map(secretFingerprint),
    maxBodyBytes: settings.MAX_BODY_BYTES,
    database: databaseName(settings.DATABASE_URL),
    logLevel: settings.LOG_LEVEL,
    trustsProxy: settings.TRUST_PROXY,
    attachmentHosts: settings.ATTACHMENT_HOSTS ?? null,
    fetchesFromLoopback: settings.FETCH_ALLOW_LOOPBACK,
    version: packageJson.version,
  }
}

function databaseName(databaseUrl: string): string {
  // The pattern that DATABASE_URL must fit is wider than what a URL can be.
  if (!URL.canParse(databaseUrl)) return 'as DATABASE_URL says'
  const { host, pathname } = new URL(databaseUrl)
  return `${host}${pathname}`
}
