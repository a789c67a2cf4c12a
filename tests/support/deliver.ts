import { SignJWT, type JWTPayload } from 'jose'
import { POST } from '@/app/api/webhooks/journeybee/route'
import { TEST_SECRET } from './own-database'

export const WEBHOOK_URL = 'http://waggle.test/api/webhooks/journeybee'

export const CLAIMS = {
  company_uuid: 'company_1',
  user_uuid: 'user_1',
  event_id: 'partner_created',
  api_key: 'key-that-nobody-may-see',
}

type Signing = { secret?: string; header?: { alg: string; [name: string]: unknown } }

/** A token as JourneyBee signs it. A claim set to undefined is left out. */
export function signToken(claims: JWTPayload = {}, { secret, header }: Signing = {}) {
  return new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(new TextEncoder().encode(secret ?? TEST_SECRET))
}

export type Sent = {
  body?: BodyInit | null
  token?: string
  authorization?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** A request as it reaches the exported route handler. */
export function makeDelivery({ body, token, authorization, headers, signal }: Sent): Request {
  const credentials = authorization ?? (token === undefined ? undefined : `Bearer ${token}`)
  return new Request(WEBHOOK_URL, {
    method: 'POST',
    body: body ?? '{}',
    headers: {
      'content-type': 'application/json',
      ...(credentials !== undefined && { authorization: credentials }),
      ...headers,
    },
    signal,
    // Streams may be sent only so (Fetch standard, RequestInit.duplex).
    ...({ duplex: 'half' } as object),
  })
}

/** Posts to the exported route handler and reads the answer. */
export async function deliver(sent: Sent) {
  const response = await POST(makeDelivery(sent))
  const answer = (await response.json()) as Record<string, unknown>
  return { status: response.status, headers: response.headers, answer }
}

/** A minimal body that fits partner_created and partner_updated. */
export function partnershipBody(fields: Record<string, unknown> = {}): string {
  return JSON.stringify({
    partnership: { uuid: 'partnership_1', company_name: 'Acme', ...fields },
    configuration: [],
  })
}
