import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { AppError } from './errors'

const VERSION = 1
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES

/** A secret that can't be read with the key of this process. The sentence may be shown. */
export class SecretUnreadableError extends AppError {
  constructor(message: string, options?: ErrorOptions) {
    super('secret_unreadable', message, options)
  }
}

/** A key as ENCRYPTION_KEY holds it: 32 random bytes as base64url. */
export function newEncryptionKey(): string {
  return randomBytes(KEY_BYTES).toString('base64url')
}

/** What a key is called where it must not be told: the first 16 hex digits of a hash of it. */
export function keyFingerprint(key: string): string {
  return createHash('sha256').update('waggle key').update(keyBytes(key)).digest('hex').slice(0, 16)
}

/** Whether a box whose key was written down as `fingerprint` can be opened with this key, if there is one. */
export function isSealedWith(key: string | undefined, fingerprint: string): boolean {
  return key !== undefined && keyFingerprint(key) === fingerprint
}

/** What is said of a box that can't be. */
export const SECRET_UNREADABLE =
  'The stored secret cannot be read with the ENCRYPTION_KEY of this process: put back the key that it was ' +
  'stored with, or enter the secret again.'

/**
 * Encrypts a text with AES-256-GCM (NIST SP 800-38D) under a nonce of its own: version, nonce, tag, ciphertext.
 *
 * @param key As `newEncryptionKey` makes it.
 * @param owner What the secret belongs to. A box that is moved to another owner does not open.
 */
export function sealSecret(secret: string, key: string, owner: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyBytes(key), nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(owner))
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text])
}

/**
 * The text of a box.
 *
 * @throws SecretUnreadableError for another key, another owner, or a box that was changed.
 */
export function openSecret(box: Uint8Array, key: string, owner: string): string {
  const bytes = Buffer.from(box)
  try {
    if (bytes[0] !== VERSION || bytes.length < HEAD_BYTES) throw new Error('not a box')
    const nonce = bytes.subarray(1, 1 + NONCE_BYTES)
    const options = { authTagLength: TAG_BYTES }
    const decipher = createDecipheriv('aes-256-gcm', keyBytes(key), nonce, options)
    decipher.setAAD(Buffer.from(owner))
    decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, HEAD_BYTES))
    const text = Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()])
    return text.toString('utf8')
  } catch (error) {
    throw new SecretUnreadableError(SECRET_UNREADABLE, { cause: error })
  }
}

function keyBytes(key: string): Buffer {
  return Buffer.from(key, 'base64url')
}
