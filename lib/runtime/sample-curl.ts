import { SignJWT } from 'jose'

const HOUR_SECONDS = 3600

/**
 * A command to paste into a shell that sends one signed event. Its token is valid for an hour.
 *
 * @param webhookUrl The receiver's address.
 * @param secret The secret to sign with (HS256; seeds: partner-events, message-events).
 */
export async function sampleCurl(webhookUrl: string, secret: string): Promise<string> {
  const token = await new SignJWT({
    company_uuid: 'company_sample',
    user_uuid: 'user_sample',
    event_id: 'partner_created',
    api_key: 'sample',
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + HOUR_SECONDS)
    .sign(new TextEncoder().encode(secret))
  const body = {
    partnership: {
      uuid: 'partnership_sample',
      company_name: 'Meadow Software',
      company_domain: 'meadow.example',
      stage_label: 'Active Partner',
      tier_label: 'Gold',
      custom_fields: [
        {
          uuid: 'cf_sample',
          label: 'Seats',
          type: 'number',
          value: { number: 25 },
          custom_field_value_uuid: 'cfv_sample',
          options: null,
        },
      ],
    },
    configuration: [],
  }
  // Nothing in it contains a single quote, which the shell would take for the end.
  return [
    `curl -sS -X POST '${webhookUrl}' \\`,
    `  -H 'Authorization: Bearer ${token}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join('\n')
}
