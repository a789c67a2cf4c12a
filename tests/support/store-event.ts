import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { db } from '@/lib/db'
import type { Prisma } from '@/lib/generated/prisma/client'

/** Puts one event into the log as the receiver would leave it, for tests of what reads the log. */
export async function storeEvent(
  event: Partial<Omit<Prisma.WebhookEventCreateInput, 'body'>> & { body?: string } = {},
): Promise<{ id: string; seq: bigint }> {
  const body = event.body ?? '{"partnership":{"uuid":"partnership_a"}}'
  return db().webhookEvent.create({
    data: {
      id: uuidv7(),
      eventType: 'partner_updated',
      companyUuid: 'company_a',
      userUuid: 'user_a',
      claims: { company_uuid: 'company_a', api_key: '[redacted]' },
      tokenHash: new Uint8Array(randomBytes(32)),
      bodyHash: new Uint8Array(createHash('sha256').update(body).digest()),
      secretFingerprint: 'a1b2c3d4',
      bodySize: Buffer.byteLength(body),
      receivedAt: new Date(),
      status: 'applied',
      attempts: 1,
      projectorVersion: 1,
      processedAt: new Date(),
      ...event,
      body,
    },
    select: { id: true, seq: true },
  })
}
