import { AppError } from '@/lib/errors'
import { redeliveryToken } from './redelivery-token'

// Linux takes 128 KiB as one argument (MAX_ARG_STRLEN), Windows 32 KiB as a whole command.
const MAX_BODY_BYTES = 30_000

/** The body is too long for a command line. */
export class LongBodyError extends AppError {
  constructor() {
    super(
      'long_body',
      'The body is too long for a command line. Download it, or redeliver the event to a destination.',
    )
  }
}

/**
 * A command to paste into a shell that sends a stored event once more: the same body, byte for byte, and a token
 * with its claims that is valid for an hour.
 *
 * @param webhookUrl Where to.
 * @param event Its claims and body as they are stored.
 * @param secret The secret to sign with.
 * @throws LongBodyError for bodies over 30,000 bytes.
 */
export async function eventCurl(
  webhookUrl: string,
  event: { claims: Record<string, unknown>; body: string },
  secret: string,
): Promise<string> {
  if (Buffer.byteLength(event.body) > MAX_BODY_BYTES) throw new LongBodyError()
  const token = await redeliveryToken(event.claims, secret)
  return [
    `curl -sS -X POST ${quoted(webhookUrl)} \\`,
    `  -H 'Authorization: Bearer ${token}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  --data-binary ${quoted(event.body)}`,
  ].join('\n')
}

// Inside single quotes a POSIX shell takes every character as it is but the quote itself. curl would take a
// leading @ for the name of a file; a stored body begins with a brace or with white space.
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
