import { env } from '@/lib/env'
import { FetchError } from '@/lib/fetching/fetch-error'
import { fetchPolicy } from '@/lib/fetching/fetch-policy'
import { openAddress, type OpenedAddress } from '@/lib/fetching/open-address'

const SECOND = 1_000
const LIMITS = {
  connectMs: 10 * SECOND,
  answerMs: 20 * SECOND,
  idleMs: 30 * SECOND,
  totalMs: 30 * 60 * SECOND,
  maxRedirects: 5,
}

const PASSING_STATUS = new Set([408, 425, 429])

/**
 * Opens the file behind an attachment's link, where its sender keeps it.
 *
 * @throws FetchError, also for every answer that is no file; while the body is read too.
 */
export async function openRemote(fileUrl: string, signal: AbortSignal): Promise<OpenedAddress> {
  const settings = env()
  const opened = await openAddress(fileUrl, {
    policy: fetchPolicy(settings.ATTACHMENT_HOSTS ?? null, settings.FETCH_ALLOW_LOOPBACK),
    limits: { ...LIMITS, maxBytes: settings.ATTACHMENT_MAX_BYTES },
    signal,
  })
  const { status } = opened
  if (status === 200) return opened
  opened.close()
  const passing = status >= 500 || PASSING_STATUS.has(status)
  throw new FetchError('status', `Its host answered ${status}${meaning(status)}.`, passing)
}

function meaning(status: number): string {
  if (status === 404 || status === 410) return ': it is no longer there'
  if (status === 401 || status === 403) return ': the link has expired or is not for us'
  return ''
}
