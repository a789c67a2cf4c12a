import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { Env } from '@/lib/env'
import type { FileStore } from './file-store'

const CONNECT_TIMEOUT_MS = 10_000
const SILENCE_MS = 30_000
// The archive tries again by itself, later.
const ATTEMPTS = 2

/**
 * Files in an S3-compatible bucket, named by their hash. An upload is there whole or not at all (S3's own
 * rule), and carries its length, so that one that is cut off is refused.
 *
 * @param settings ATTACHMENTS_BUCKET and those that go with it. Without an endpoint it is Amazon's; without a
 *   key the client looks where Amazon's tools do.
 * @param silenceMs How long the bucket may say nothing.
 */
export function bucketStore(settings: Env, silenceMs = SILENCE_MS): FileStore {
  const { ATTACHMENTS_BUCKET_ENDPOINT: endpoint, ATTACHMENTS_BUCKET: Bucket } = settings
  const { ATTACHMENTS_BUCKET_KEY_ID, ATTACHMENTS_BUCKET_SECRET } = settings
  const client = new S3Client({
    region: settings.ATTACHMENTS_BUCKET_REGION,
    maxAttempts: ATTEMPTS,
    // A bucket that takes a connection and falls silent must hold up neither the archive nor a reader. Not by the
    // time of the whole: a large file takes as long as it takes.
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: silenceMs,
    },
    // What goes wrong is thrown as well; its default is the console.
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    // Others than Amazon's rarely have a host name a bucket.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    // Nor do all of them know the newer checksums; the content's hash is the name.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(ATTACHMENTS_BUCKET_KEY_ID && {
      credentials: {
        accessKeyId: ATTACHMENTS_BUCKET_KEY_ID,
        secretAccessKey: ATTACHMENTS_BUCKET_SECRET ?? '',
      },
    }),
  })
  return {
    keep: async ({ path, sha256, size }, abortSignal) => {
      const Body = createReadStream(path)
      await client.send(
        new PutObjectCommand({ Bucket, Key: keyOf(sha256), Body, ContentLength: size }),
        { ...(abortSignal && { abortSignal }) },
      )
    },
    open: async (sha256, range, abortSignal) => {
      try {
        const { Body } = await client.send(
          new GetObjectCommand({
            Bucket,
            Key: keyOf(sha256),
            ...(range && { Range: `bytes=${range.start}-${range.end}` }),
          }),
          { ...(abortSignal && { abortSignal }) },
        )
        return Body as Readable
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return null
        throw error
      }
    },
  }
}

const quiet = () => undefined

function keyOf(sha256: string): string {
  return `${sha256.slice(0, 2)}/${sha256}`
}
