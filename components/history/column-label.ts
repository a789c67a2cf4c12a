const LABELS: Record<string, string> = {
  companyName: 'Name',
  companyDomain: 'Domain',
  companyWebsite: 'Website',
  companyDescription: 'Description',
  companyEmail: 'E-mail',
  companyPhoneNumber: 'Phone',
  stageLabel: 'Stage',
  stageUuid: 'Stage id',
  tierLabel: 'Tier',
  tierUuid: 'Tier id',
  categoryLabel: 'Category',
  categoryUuid: 'Category id',
  partnerType: 'Partner type',
  countryLabel: 'Country',
  countryUuid: 'Country id',
  industryLabel: 'Industry',
  industryUuid: 'Industry id',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  position: 'Position',
  phoneNumber: 'Phone',
  contactCompanyName: 'Company',
  partnershipUuid: 'Partnership',
  tags: 'Tags',
  externalId: 'Number',
}

/** What pages call a column of a partnership or a contact. */
export function columnLabel(column: string): string {
  return LABELS[column] ?? column
}
