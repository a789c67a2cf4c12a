import type { Version } from './version'

/** A row of the read model before it is written; its key starts with the company. */
export type Keyed = { companyUuid: string; uuid: string }

/** A row of which the latest version wins, and that remembers its earliest event. */
export type Versioned = Keyed & Version & { firstEventAt: Date }

export type CustomFieldOption = { id: string; label: string | null }

export type CustomFieldRow = Versioned & {
  label: string | null
  type: string
  options: CustomFieldOption[] | null
}

/** One value of its owner's snapshot. Which typed column is set follows `type`. */
export type CustomFieldValueRow = {
  fieldUuid: string
  valueUuid: string | null
  position: number
  label: string | null
  type: string
  textValue: string | null
  numberValue: number | null
  dateValue: Date | null
  booleanValue: boolean | null
  optionIds: string[]
  optionLabels: string[]
  raw: unknown
}

export type PartnershipRow = Versioned & {
  companyName: string | null
  companyDomain: string | null
  companyWebsite: string | null
  companyDescription: string | null
  companyEmail: string | null
  companyPhoneNumber: string | null
  countryUuid: string | null
  countryLabel: string | null
  industryUuid: string | null
  industryLabel: string | null
  stageUuid: string | null
  stageLabel: string | null
  categoryUuid: string | null
  categoryLabel: string | null
  tierUuid: string | null
  tierLabel: string | null
  partnerType: string | null
  customFieldValues: CustomFieldValueRow[]
}

export type ContactTag = {
  uuid: string | null
  id: string | null
  label: string | null
  backgroundColor: string | null
  textColor: string | null
}

export type ContactRow = Versioned & {
  externalId: string | null
  partnershipUuid: string | null
  email: string | null
  firstName: string | null
  lastName: string | null
  position: string | null
  phoneNumber: string | null
  contactCompanyName: string | null
  tags: ContactTag[]
  customFieldValues: CustomFieldValueRow[]
}

/**
 * What a message says of its room. The pair is one register, so that a partnership never stands beside
 * the type of another one; the message that names more of it wins before the later one does.
 */
export type RoomRow = Versioned & { partnershipUuid: string | null; partnerType: string | null }

export type AttachmentRow = {
  uuid: string
  position: number
  fileName: string | null
  fileSize: number | null
  mimeType: string | null
  fileUrl: string | null
}

export type MessageContent = Version & {
  roomUuid: string
  partnershipUuid: string | null
  authorUuid: string | null
  content: string | null
  repliedToMessageUuid: string | null
  createdAt: Date
  updatedAt: Date
  edited: boolean
  attachments: AttachmentRow[]
}

/**
 * A message is two registers that win independently of each other: its content, of which the latest
 * version stays, and its deletion, of which the earliest stays. So a deleted message stays deleted,
 * and every order of the same events ends in the same row. At least one of the two is set.
 */
export type MessageRow = Keyed & {
  firstEventAt: Date
  content: MessageContent | null
  deletion: Version | null
}

export type AuthorRow = Keyed &
  Version & {
    email: string | null
    firstName: string | null
    lastName: string | null
    profileImageUrl: string | null
    authorCompanyUuid: string | null
    authorCompanyName: string | null
  }

export type IntegrationSettingRow = Version & {
  companyUuid: string
  sectionId: string
  settingId: string
  value: string | null
}

/** What one event, or a folded batch of events, says about the read model. */
export type Changes = {
  partnerships: PartnershipRow[]
  contacts: ContactRow[]
  customFields: CustomFieldRow[]
  rooms: RoomRow[]
  messages: MessageRow[]
  authors: AuthorRow[]
  integrationSettings: IntegrationSettingRow[]
}

/** No changes, to be spread under those that there are. */
export function noChanges(): Changes {
  return {
    partnerships: [],
    contacts: [],
    customFields: [],
    rooms: [],
    messages: [],
    authors: [],
    integrationSettings: [],
  }
}
