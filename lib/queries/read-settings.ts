import path from 'node:path'
import { headers } from 'next/headers'
import { requireUser } from '@/lib/auth/current-user'
import { env, type Env } from '@/lib/env'
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
  redeliversToLoopback: boolean
  /** Where files are archived: a bucket's name and address, or the directory as it was set. */
  archive: { isOn: boolean; kind: 'bucket' | 'directory'; place: string }
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
    redeliversToLoopback: settings.REDELIVERY_ALLOW_LOOPBACK,
    archive: { isOn: settings.ARCHIVE_ATTACHMENTS, ...archivePlace(settings) },
    version: packageJson.version,
  }
}

function archivePlace(settings: Env): { kind: 'bucket' | 'directory'; place: string } {
  const { ATTACHMENTS_BUCKET: bucket, ATTACHMENTS_BUCKET_ENDPOINT: endpoint } = settings
  if (bucket === undefined) {
    const place = settings.ATTACHMENTS_DIR ?? path.join(settings.DATA_DIR, 'attachments')
    return { kind: 'directory', place }
  }
  // An address may hold a user name and a password: its host says enough.
  const host = endpoint === undefined ? '' : ` at ${new URL(endpoint).host}`
  return { kind: 'bucket', place: bucket + host }
}

function databaseName(databaseUrl: string): string {
  // The pattern that DATABASE_URL must fit is wider than what a URL can be.
  if (!URL.canParse(databaseUrl)) return 'as DATABASE_URL says'
  const { host, pathname } = new URL(databaseUrl)
  return `${host}${pathname}`
}
