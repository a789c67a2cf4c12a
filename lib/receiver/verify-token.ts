import { errors, jwtVerify, type JWTPayload } from 'jose'
import type { RejectionReason } from '@/lib/event-log/rejection-reasons'
import { secretFingerprint } from '@/lib/secret-fingerprint'

export type TokenRefusal = Extract<
  RejectionReason,
  | 'no_token'
  | 'malformed_token'
  | 'wrong_algorithm'
  | 'wrong_signature'
  | 'token_expired'
  | 'token_not_yet_valid'
  | 'wrong_claims'
>

/** What a valid token vouches for. The body is data; only the token says whose and of which type it is. */
export type VerifiedToken = {
  token: string
  eventType: string
  companyUuid: string
  userUuid: string
  /** When the token was issued; null when it does not say. */
  issuedAt: Date | null
  /** Whether the token has an `iat` or a `jti`. */
  repeatable: boolean
  claims: JWTPayload
  /** The first 16 hex digits of the SHA-256 of the secret that verified it. */
  secretFingerprint: string
}

export type TokenCheck = { ok: true; verified: VerifiedToken } | { ok: false; reason: TokenRefusal }

// HTTP servers refuse longer headers; a token that comes by another way shall not cost more.
const MAX_TOKEN_LENGTH = 16_384
const CLOCK_TOLERANCE_S = 30
const MAX_CLAIM_LENGTH = 200
const MAX_CLAIMS_DEPTH = 32
// 9999-12-31T23:59:59Z. An iat in milliseconds is far beyond it.
const MAX_IAT_S = 253_402_300_799

// The scheme is case-insensitive (RFC 9110, section 11.1); the rest is a compact JWS (RFC 7515, section 7.1).
const CREDENTIALS = /^bearer +([\w-]+\.[\w-]+\.[\w-]*) *$/i
const SCHEME = /^bearer(?: |$)/i

// Headers that bring a key along, or ask for extensions: nobody who signs with the secret needs them.
const REFUSED_HEADERS = ['crit', 'jwk', 'jku', 'x5c', 'x5u'] as const

type Key = { key: CryptoKey; fingerprint: string }

let imported: { secrets: readonly string[]; keys: Promise<Key[]> } | undefined

/**
 * Checks an Authorization header (seeds: Authentication; RFC 7519): HS256 and nothing else, signed with
 * one of the secrets, within `exp` and `nbf` where it has them (30 seconds of tolerance), and with the
 * claims that say what happened for whom.
 */
export async function verifyToken(
  authorization: string | null,
  secrets: readonly string[],
): Promise<TokenCheck> {
  if (!authorization || !SCHEME.test(authorization)) return { ok: false, reason: 'no_token' }
  if (authorization.length > MAX_TOKEN_LENGTH) return { ok: false, reason: 'malformed_token' }
  const token = CREDENTIALS.exec(authorization)?.[1]
  if (!token || !isCanonical(token.slice(token.lastIndexOf('.') + 1))) {
    return { ok: false, reason: 'malformed_token' }
  }

  let reason: TokenRefusal = 'wrong_signature'
  for (const { key, fingerprint } of await keysOf(secrets)) {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        clockTolerance: CLOCK_TOLERANCE_S,
      })
      if (REFUSED_HEADERS.some((name) => name in protectedHeader)) {
        return { ok: false, reason: 'malformed_token' }
      }
      return readClaims(token, payload, fingerprint)
    } catch (error) {
      reason = refusalOf(error)
      // Only a signature can be right with the next secret.
      if (reason !== 'wrong_signature') break
    }
  }
  return { ok: false, reason }
}

function readClaims(token: string, claims: JWTPayload, secretFingerprint: string): TokenCheck {
  const { event_id: eventType, company_uuid: companyUuid, user_uuid: userUuid, iat } = claims
  const iatFits = iat === undefined || (iat >= 0 && iat <= MAX_IAT_S)
  if (
    !isId(eventType) ||
    !isId(companyUuid) ||
    !isId(userUuid) ||
    !iatFits ||
    isDeeperThan(claims, MAX_CLAIMS_DEPTH)
  ) {
    return { ok: false, reason: 'wrong_claims' }
  }
  return {
    ok: true,
    verified: {
      token,
      eventType,
      companyUuid,
      userUuid,
      issuedAt: iat === undefined ? null : new Date(Math.trunc(iat * 1_000)),
      repeatable: iat !== undefined || claims.jti !== undefined,
      claims,
      secretFingerprint,
    },
  }
}

// The last character of a signature has bits that no decoder looks at: spelled in another way, the same
// token would have another hash and its duplicates would not be found (RFC 4648, section 3.5).
function isCanonical(base64url: string): boolean {
  return Buffer.from(base64url, 'base64url').toString('base64url') === base64url
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_CLAIM_LENGTH
}

function isDeeperThan(value: unknown, limit: number): boolean {
  if (value === null || typeof value !== 'object') return false
  return limit === 0 || Object.values(value).some((item) => isDeeperThan(item, limit - 1))
}

function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong_signature'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'wrong_algorithm'
  if (error instanceof errors.JWTExpired) return 'token_expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    const isEarly = error.claim === 'nbf' && error.reason === 'check_failed'
    return isEarly ? 'token_not_yet_valid' : 'wrong_claims'
  }
  if (error instanceof errors.JOSEError) return 'malformed_token'
  throw error
}

// Importing a key costs more than a verification.
function keysOf(secrets: readonly string[]): Promise<Key[]> {
  if (imported?.secrets !== secrets) imported = { secrets, keys: importKeys(secrets) }
  return imported.keys
}

function importKeys(secrets: readonly string[]): Promise<Key[]> {
  return Promise.all(
    secrets.map(async (secret) => ({
      key: await crypto.subtle.importKey(
        'raw',
        new TextEncoder().encode(secret),
        { name: 'HMAC', hash: 'SHA-256' },
        false,
        ['verify'],
      ),
      fingerprint: secretFingerprint(secret),
    })),
  )
}
