import { SignJWT, type JWTPayload } from 'jose'

export const CLAIMS = {
  company_uuid: 'company_e2e',
  user_uuid: 'user_e2e',
  event_id: 'partner_created',
  api_key: 'key-that-nobody-may-see',
}

type Signing = {
  secret: string
  claims?: JWTPayload
  header?: { alg: string; [name: string]: unknown }
}

/** A token as JourneyBee signs it (HS256); claims that are given replace those of CLAIMS. */
export function signToken({ secret, claims, header }: Signing): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...header })
    .sign(new TextEncoder().encode(secret))
}

/** Posts a body to a receiver as JourneyBee does. A body that is no string is sent as JSON. */
export function postEvent(webhookUrl: string, token: string, body: unknown): Promise<Response> {
  return fetch(webhookUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}
