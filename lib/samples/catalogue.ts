/** The vocabulary of the sample company: what its partner managers would have set up in JourneyBee. */

export const STAGES = [
  'Prospect',
  'In Discussion',
  'Contract Sent',
  'Onboarding',
  'Active Partner',
  'Paused',
  'Ended',
] as const

export const TIERS = ['Registered', 'Bronze', 'Silver', 'Gold', 'Platinum'] as const

export const CATEGORIES = [
  'Technology Partner',
  'Solution Partner',
  'Referral Partner',
  'Consultancy',
  'Marketplace',
] as const

export const COUNTRIES = [
  'Argentina',
  'Australia',
  'Brazil',
  'Canada',
  'Côte d’Ivoire',
  'France',
  'Germany',
  'India',
  'Japan',
  'Kenya',
  'Netherlands',
  'Poland',
  'Saudi Arabia',
  'Sweden',
  'United Kingdom',
  'United States',
] as const

export const INDUSTRIES = [
  'Education',
  'Energy',
  'Financial Services',
  'Healthcare',
  'Logistics',
  'Manufacturing',
  'Media',
  'Public Sector',
  'Retail',
  'Technology',
] as const

/** journeybee.md, The partner family; new values may come, so a rare one that is not in that list. */
export const PARTNER_TYPES = ['referral', 'reseller', 'distributor'] as const
export const RARE_PARTNER_TYPE = 'managed_service_provider'

/** Names that are not plain ASCII, as real lists of partners have them. */
export const INTERNATIONAL_COMPANIES = [
  'Müller & Söhne Beispiel GmbH',
  'Żółw Przykład Logistyka',
  'サンプル北極星ソフトウェア株式会社',
  '示例山河科技有限公司',
  'شركة المثال للتقنية',
  'דוגמה מערכות בע״מ',
  'Société d’Exemple & Cie',
  'Пример Системы',
  'Örnek Çözümler A.Ş.',
  'ตัวอย่าง เทคโนโลยี',
] as const

export const POSITIONS = [
  'Head of Partnerships',
  'Channel Manager',
  'Solutions Engineer',
  'Account Executive',
  'Marketing Lead',
  'Chief Revenue Officer',
  'Customer Success Manager',
  'Procurement',
] as const

export const TAGS = [
  { label: 'Decision maker', background_color: '#FDE68A', text_color: '#78350F' },
  { label: 'Technical', background_color: '#DBEAFE', text_color: '#1E3A8A' },
  { label: 'Billing', background_color: '#DCFCE7', text_color: '#14532D' },
  { label: 'Newsletter', background_color: '#F3E8FF', text_color: '#581C87' },
  { label: 'Do not call', background_color: '#FEE2E2', text_color: '#7F1D1D' },
] as const

/** Families that the endpoint gets and Waggle stores as unsupported (journeybee.md, Also sent to integrations). */
export const UNSUPPORTED_TYPES = [
  'lead_created',
  'lead_updated',
  'lead_note_created',
  'deal_created',
  'deal_updated',
  'deal_note_created',
] as const

export type FieldTemplate = { label: string; type: string; options?: readonly string[] }

/** Every custom field type of the seed page at least once. */
export const PARTNERSHIP_FIELDS: readonly FieldTemplate[] = [
  { label: 'Partner code', type: 'text' },
  { label: 'Joint value proposition', type: 'textarea' },
  { label: 'Annual target (USD)', type: 'number' },
  { label: 'Commission (%)', type: 'number' },
  { label: 'Partnership start date', type: 'date' },
  { label: 'Contract renewal', type: 'date' },
  { label: 'NDA signed', type: 'boolean' },
  { label: 'Listed in the marketplace', type: 'boolean' },
  { label: 'Region', type: 'select', options: ['Americas', 'EMEA', 'APAC'] },
  {
    label: 'Support level',
    type: 'select',
    options: ['Community', 'Business hours', 'Around the clock'],
  },
  {
    label: 'Certified products',
    type: 'multi_select',
    options: ['Core', 'Insights', 'Connect', 'Mobile', 'Enterprise'],
  },
  {
    label: 'Languages',
    type: 'multi_select',
    options: ['English', 'Deutsch', 'Français', 'Español', '日本語', 'العربية'],
  },
]

export const CONTACT_FIELDS: readonly FieldTemplate[] = [
  { label: 'Time zone', type: 'text' },
  { label: 'Notes', type: 'textarea' },
  { label: 'Seats', type: 'number' },
  { label: 'Last certified on', type: 'date' },
  { label: 'Portal access', type: 'boolean' },
  { label: 'Preferred channel', type: 'select', options: ['E-mail', 'Phone', 'Room'] },
  {
    label: 'Trainings',
    type: 'multi_select',
    options: ['Sales basics', 'Technical basics', 'Advanced integration'],
  },
]

export type FileKind = { extension: string; mimeType: string; names: readonly string[] }

export const FILE_KINDS: readonly FileKind[] = [
  {
    extension: 'pdf',
    mimeType: 'application/pdf',
    names: ['partnership-proposal', 'signed-agreement', 'price-list', 'case-study'],
  },
  {
    extension: 'docx',
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    names: ['draft-agreement', 'meeting-notes', 'joint-press-release'],
  },
  {
    extension: 'xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    names: ['pipeline', 'commission-statement', 'target-accounts'],
  },
  {
    extension: 'pptx',
    mimeType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    names: ['quarterly-business-review', 'kick-off'],
  },
  { extension: 'csv', mimeType: 'text/csv', names: ['leads-export', 'certified-people'] },
  { extension: 'png', mimeType: 'image/png', names: ['logo', 'screenshot', 'booth-design'] },
  { extension: 'jpg', mimeType: 'image/jpeg', names: ['event-photo', 'team'] },
  { extension: 'mp4', mimeType: 'video/mp4', names: ['product-demo', 'webinar-recording'] },
  { extension: 'zip', mimeType: 'application/zip', names: ['brand-assets', 'sdk-samples'] },
  { extension: 'ics', mimeType: 'text/calendar', names: ['workshop'] },
]
