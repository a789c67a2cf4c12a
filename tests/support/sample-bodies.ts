/** Bodies for tests: complete enough to pass the schemas, with whatever a test cares about on top. */
export function partnershipBody(
  partnership: Record<string, unknown> = {},
  configuration?: unknown,
) {
  return {
    partnership: { uuid: 'partnership_1', company_name: 'Acme', custom_fields: [], ...partnership },
    configuration: configuration ?? [],
  }
}

export function contactBody(contact: Record<string, unknown> = {}) {
  return { partnership: { uuid: 'partnership_1' }, contact: { uuid: 'contact_1', ...contact } }
}

/** `updated_at` is the message's version, in milliseconds since 1970. */
export function messageBody(message: Record<string, unknown> = {}) {
  return {
    message: {
      uuid: 'message_1',
      room_uuid: 'room_1',
      created_at: 1_000,
      updated_at: 1_000,
      content: 'Hello',
      partnership_uuid: 'partnership_1',
      partner_type: 'referral',
      created_by_user_uuid: 'user_1',
      created_by_user_email: 'ann@partner.test',
      attachments: [],
      ...message,
    },
    configuration: [],
  }
}

export function attachment(uuid: string, more: Record<string, unknown> = {}) {
  return {
    uuid,
    file_name: `${uuid}.pdf`,
    file_size: 10,
    mime_type: 'application/pdf',
    file_url: `https://cdn.test/${uuid}.pdf`,
    ...more,
  }
}
