import { AppError } from '@/lib/errors'

/**
 * Why something from outside was not fetched:
 * - `bad_address`: not http or https, with a user name, too long, or a port that is not open to it;
 * - `host_refused`: not among the hosts that were allowed;
 * - `inner_address`: it leads to an address that is not of the public internet;
 * - `too_many_redirects`, `too_large`, `too_slow`, `busy`, `stopped`: as they say;
 * - `unknown_host`, `unreachable`: DNS or the network;
 * - `bad_answer`: what came was broken off or is no HTTP;
 * - `status`: an answer other than the one that was asked for.
 */
export type FetchErrorCode =
  | 'bad_address'
  | 'host_refused'
  | 'inner_address'
  | 'too_many_redirects'
  | 'too_large'
  | 'too_slow'
  | 'busy'
  | 'stopped'
  | 'unknown_host'
  | 'unreachable'
  | 'bad_answer'
  | 'status'

const PASSING = new Set<FetchErrorCode>([
  'too_slow',
  'busy',
  'stopped',
  'unknown_host',
  'unreachable',
  'bad_answer',
])

/** A fetch that was refused or failed, with a sentence that may be shown. */
export class FetchError extends AppError {
  /** Whether the same again may go better. */
  readonly passing: boolean

  constructor(
    override readonly code: FetchErrorCode,
    message: string,
    passing = PASSING.has(code),
  ) {
    super(code, message)
    this.passing = passing
  }
}
