import type { Delivery } from './delivery'
import { nastyBytes } from './nasty-bytes'
import { nastyContacts } from './nasty-contacts'
import { nastyMessages } from './nasty-messages'
import { nastyPartnerships } from './nasty-partnerships'
import { nastyStructures } from './nasty-structures'
import type { SampleSource } from './sample-source'

/** One nasty body before it has a token. */
export type NastyCase = Pick<
  Delivery,
  'eventType' | 'body' | 'bytes' | 'contentType' | 'expected'
> & { label: string; claims?: Partial<Delivery['claims']> }

export type NastyOptions = {
  source: SampleSource
  /** Milliseconds since 1970. */
  now: number
  /** The receiver's MAX_BODY_BYTES. */
  maxBodyBytes: number
}

/**
 * Deliveries that break receivers: each with a label and with what a sound receiver answers. All of them
 * are authentic; what does not fit a schema is expected to be stored as invalid, with 200.
 */
export function nastyDeliveries(options: NastyOptions): Delivery[] {
  const { source, now } = options
  const companyUuid = source.uuid('company')
  const cases = [
    ...nastyPartnerships(options),
    ...nastyContacts(options),
    ...nastyMessages(options),
    ...nastyStructures(options),
    ...nastyBytes(options),
  ]
  return cases.map(({ claims, ...rest }, index) => ({
    ...rest,
    claims: {
      company_uuid: companyUuid,
      user_uuid: source.uuid('user'),
      event_id: rest.eventType,
      api_key: 'sample-key-of-the-nasty-company',
      ...claims,
    },
    // A second apart, so that no two of them share a token.
    iat: Math.floor(now / 1000) - cases.length + index,
  }))
}
