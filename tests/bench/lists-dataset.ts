import { FILL_FIELD_COUNTS } from '../support/fill-field-counts'
import { FILL_PARTNERSHIP_TOTALS } from '../support/fill-partnership-totals'

/** How many rows of each there are; rooms, files and values follow from them. */
export type ListsSize = { partnerships: number; contacts: number; messages: number }

/** The custom fields that every partnership lists, two of each type; contacts list the first three. */
export const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'date',
  'boolean',
  'select',
  'multi_select',
] as const

export const COMPANIES = ['company_a', 'company_b'] as const

/** The uuid of a custom field; `number` counts from 0, and field n is of type n modulo 7. */
export const fieldUuid = (company: string, number: number) => `field_${company}_${number}`

// Defined and nowhere filled, as in an account that has been tried out for years.
const IDLE_FIELDS = 286
const FIELDS = 2 * FIELD_TYPES.length
const CONTACT_FIELDS = 3

const VERSION = 'first_event_at, occurred_at, event_seq, projector_version'
const NEWEST = `'2026-11-01T00:00:00Z'::timestamptz`
const FOLD = (text: string) => `lower(translate(${text}, 'ÄÖÜÅÉÑäöüåéñ', 'AOUAENaouaen'))`

/** SQL for one of the words, the first ones far more often than the last. */
function skewed(words: readonly string[], power = 3): string {
  const list = words.map((word) => `'${word}'`).join(', ')
  return `(ARRAY[${list}])[1 + floor(${words.length} * power(random(), ${power}))::int]`
}

/** SQL for one of `count` numbered labels. */
function skewedLabel(name: string, count: number): string {
  return `'${name} ' || (1 + floor(${count} * power(random(), 3))::int)`
}

const mostly = (percent: number, sql: string) =>
  `CASE WHEN random() < ${percent / 100} THEN ${sql} END`
const moment = (years: number) =>
  `date_trunc('second', ${NEWEST} - random() * interval '${years * 365} days')`
const id = (kind: string, n: string) => `md5('${kind}' || ${n})::uuid::text`
const company = (partnership: string) =>
  `CASE WHEN ${partnership} % 10 = 0 THEN 'company_b' ELSE 'company_a' END`

const FIRST = [
  'Acme',
  'Blue',
  'Nord',
  'Über',
  'Solar',
  'Delta',
  'Café',
  'Prime',
  'Quantum',
  'Zebra',
]
const SECOND = [
  'Robotics',
  'Systems',
  'Logistik',
  'Media',
  'Analytics',
  'Foods',
  'Health',
  'Energy',
]
const GIVEN = ['Ann', 'Björn', 'Chloé', 'Dmitri', 'Elif', 'Farah', 'Göran', 'Hana', 'Ines', 'Juan']
const FAMILY = ['Ng', 'Müller', 'Okafor', 'Silva', 'Larsson', 'Tanaka', 'Novak', 'Peña', 'Smith']
const STAGES = ['Active', 'Onboarding', 'Qualified', 'Lead', 'Paused', 'Lost']
const TIERS = ['Bronze', 'Silver', 'Gold', 'Platinum']
const MEDIA = ['application/pdf', 'image/png', 'text/csv', 'video/mp4', 'application/zip']
const TYPES = ['referral', 'reseller', 'technology']

/** Statements that fill an empty read model, indexes and vacuuming apart, always with the same rows. */
export function listsDataset({ partnerships, contacts, messages }: ListsSize): string[] {
  const rooms = Math.round(messages * 0.15)
  return [
    'SELECT setseed(0.42)',
    values('partnership', 'p', FIELDS, `generate_series(1, ${partnerships}) n`, company('n')),
    `INSERT INTO partnership (company_uuid, uuid, company_name, company_domain, company_website,
       company_email, country_label, industry_label, stage_label, category_label, tier_label,
       partner_type, sort_key, search_text, ${VERSION})
     SELECT ${company('n')}, ${id('p', 'n')}, name, domain, 'https://' || domain, 'info@' || domain,
       country, industry, stage, category, tier, partner_type, lower(name),
       ${FOLD("name || E'\\n' || domain || E'\\nhttps://' || domain || E'\\ninfo@' || domain")} || ${SEARCHED},
       at - random() * interval '300 days', at, n, 1
     FROM (
       SELECT n, ${skewed(FIRST, 1)} || ' ' || ${skewed(SECOND, 1)} || ' ' || n AS name,
         'partner-' || n || '.example' AS domain,
         ${mostly(95, skewedLabel('Country', 60))} AS country,
         ${mostly(90, skewedLabel('Industry', 25))} AS industry,
         ${skewed(STAGES)} AS stage,
         ${mostly(80, skewedLabel('Category', 8))} AS category,
         ${mostly(70, skewed(TIERS))} AS tier,
         ${mostly(50, skewed(TYPES))} AS partner_type,
         ${moment(3)} AS at
       FROM generate_series(1, ${partnerships}) n
     ) made ${searchedValues('partnership', 'p')}`,
    ...COMPANIES.map((name) => definitions(name)),
    `CREATE TEMP TABLE made_contact AS
     SELECT n, CASE WHEN random() < 0.97
       THEN 1 + floor(${partnerships} * power(random(), 1.5))::int END AS p,
       ${skewed(GIVEN, 1)} AS given, ${skewed(FAMILY, 1)} || ' ' || n % 5000 AS family,
       ${moment(3)} AS at
     FROM generate_series(1, ${contacts}) n`,
    values('contact', 'c', CONTACT_FIELDS, 'made_contact', company('coalesce(p, 1)')),
    `INSERT INTO contact (company_uuid, uuid, partnership_uuid, email, first_name, last_name, position,
       contact_company_name, tags, sort_key, search_text, ${VERSION})
     SELECT ${company('coalesce(p, 1)')}, ${id('c', 'n')}, ${id('p', 'p')}, email, given, family, job,
       firm, tags, lower(given || ' ' || family),
       ${FOLD("given || ' ' || family || E'\\n' || email || E'\\n' || firm || E'\\n' || job")} || ${SEARCHED},
       at - random() * interval '300 days', at, n, 1
     FROM (
       SELECT *, 'contact.' || n || '@partner-' || coalesce(p, 0) || '.example' AS email,
         ${skewedLabel('Job', 40)} AS job, 'Partner ' || coalesce(p, 0) AS firm,
         coalesce(${mostly(40, `jsonb_build_array(${TAG}, ${TAG})`)}, '[]') AS tags
       FROM made_contact
     ) made ${searchedValues('contact', 'c')}`,
    `CREATE TEMP TABLE made_room AS
     SELECT n, 1 + floor(${partnerships} * power(random(), 2))::int AS p,
       ${skewed(TYPES)} AS partner_type
     FROM generate_series(1, ${rooms}) n`,
    `CREATE TEMP TABLE made_message AS
     SELECT n, 1 + floor(${rooms} * power(random(), 2))::int AS r, ${moment(3)} AS at,
       random() < 0.02 AS deleted, random() < 0.12 AS attached
     FROM generate_series(1, ${messages}) n`,
    `INSERT INTO message (company_uuid, uuid, room_uuid, partnership_uuid, author_uuid, content,
       attachment_count, created_at, updated_at, edited, deleted_at, deleted_event_seq, ${VERSION})
     SELECT ${company('p')}, ${id('m', 'm.n')}, ${id('r', 'r')}, ${id('p', 'p')}, 'u' || m.n % 500,
       'Message ' || m.n || repeat(' about the renewal', m.n % 12),
       CASE WHEN attached AND NOT deleted THEN 1 ELSE 0 END, at, at, false,
       CASE WHEN deleted THEN at END, CASE WHEN deleted THEN m.n END, at, at, m.n, 1
     FROM made_message m JOIN made_room ON made_room.n = m.r`,
    `INSERT INTO room (company_uuid, uuid, partnership_uuid, partner_type, message_count,
       attachment_count, last_message_at, last_message_uuid, sort_at, ${VERSION})
     SELECT ${company('p')}, ${id('r', 'n')}, ${id('p', 'p')}, partner_type, coalesce(standing, 0),
       coalesce(attached, 0), newest, ${id('m', 'newest_n')}, coalesce(newest, 'epoch'),
       ${NEWEST}, ${NEWEST}, n, 1
     FROM made_room LEFT JOIN (
       SELECT r, count(*) FILTER (WHERE NOT deleted) AS standing, max(at) AS newest,
         count(*) FILTER (WHERE attached AND NOT deleted) AS attached,
         (array_agg(n ORDER BY at DESC))[1] AS newest_n
       FROM made_message GROUP BY r
     ) counted ON r = n`,
    `INSERT INTO attachment (company_uuid, message_uuid, uuid, position, room_uuid, file_name,
       file_size, mime_type, file_url, created_at, sort_key, search_text)
     SELECT ${company('p')}, ${id('m', 'm.n')}, ${id('a', 'm.n')}, 0, ${id('r', 'r')}, name,
       (random() * 5000000)::int, ${skewed(MEDIA)}, 'https://files.example/' || m.n, at, name, name
     FROM made_message m JOIN made_room ON made_room.n = m.r,
       LATERAL (SELECT ${skewed(['offer', 'contract', 'invoice', 'deck'])} || '-' || m.n || '.pdf')
         named(name)
     WHERE attached AND NOT deleted`,
    `INSERT INTO author (company_uuid, uuid, email, first_name, last_name, occurred_at, event_seq,
       projector_version)
     SELECT c, 'u' || n, 'user' || n || '@example.com', ${skewed(GIVEN, 1)}, ${skewed(FAMILY, 1)},
       ${NEWEST}, n, 1
     FROM generate_series(0, 499) n, unnest('{${COMPANIES.join(',')}}'::text[]) c`,
    FILL_PARTNERSHIP_TOTALS,
    FILL_FIELD_COUNTS,
    'DROP TABLE made_contact, made_room, made_message',
  ]
}

const TAG = `jsonb_build_object('label', ${skewedLabel('Tag', 20)})`

// What a row is found by of its text fields (lib/search-text.ts).
const SEARCHED = `coalesce(E'\\n' || searched.text, '')`

function searchedValues(owner: string, kind: string): string {
  return `LEFT JOIN (
    SELECT owner_uuid, string_agg(lower(text_value), E'\\n' ORDER BY position) AS text
    FROM custom_field_value WHERE owner_type = '${owner}' AND text_value <> '' GROUP BY owner_uuid
  ) searched ON searched.owner_uuid = ${id(kind, 'n')}`
}

const OPTIONS = `(SELECT jsonb_agg(jsonb_build_object('id', o::text, 'label', 'Option ' || o))
  FROM generate_series(1, 12) o)`

function definitions(name: string): string {
  const types = FIELD_TYPES.map((type) => `'${type}'`).join(', ')
  return `
    INSERT INTO custom_field (company_uuid, uuid, label, type, options, sort_key, search_text,
      ${VERSION})
    SELECT '${name}', 'field_${name}_' || n, label, type,
      CASE WHEN type LIKE '%select' THEN ${OPTIONS} END, lower(label), lower(label),
      ${NEWEST}, ${NEWEST}, n, 1
    FROM (
      SELECT n, (ARRAY[${types}])[1 + n % ${FIELD_TYPES.length}] AS type,
        'Field ' || n || ' of ${name}' AS label
      FROM generate_series(0, ${FIELDS + IDLE_FIELDS - 1}) n
    ) made`
}

// Every snapshot lists every field; six in ten are filled. `owners` is what to take their numbers `n` from.
function values(
  owner: string,
  kind: string,
  fields: number,
  owners: string,
  companyOf: string,
): string {
  const types = FIELD_TYPES.map((type) => `'${type}'`).join(', ')
  const only = (type: string, sql: string) =>
    `CASE WHEN filled AND type = '${type}' THEN ${sql} END`
  const picked = (sql: string) => `CASE WHEN NOT filled THEN '{}' WHEN type = 'select'
    THEN ARRAY[${sql}pick] WHEN type = 'multi_select' THEN ARRAY[${sql}pick, ${sql}(pick % 12 + 1)]
    ELSE '{}' END::text[]`
  return `
    INSERT INTO custom_field_value (company_uuid, owner_type, owner_uuid, field_uuid, position, label,
      type, text_value, number_value, date_value, boolean_value, option_ids, option_labels, raw)
    SELECT company, '${owner}', owner, 'field_' || company || '_' || field, field,
      'Field ' || field || ' of ' || company, type,
      CASE WHEN filled AND type LIKE 'text%' THEN 'Note ' || pick || ' on ' || n % 977 END,
      ${only('number', 'round(dice * 100000)')},
      ${only('date', `'2024-01-01Z'::timestamptz + floor(dice * 1400) * interval '1 day'`)},
      ${only('boolean', 'dice < 0.3')}, ${picked("'' || ")}, ${picked("'Option ' || ")},
      CASE WHEN filled THEN jsonb_build_object(type, pick) END
    FROM (
      SELECT n, ${companyOf} AS company, ${id(kind, 'n')} AS owner, field,
        (ARRAY[${types}])[1 + field % ${FIELD_TYPES.length}] AS type, random() < 0.6 AS filled,
        random() AS dice, 1 + floor(12 * power(random(), 3))::int AS pick
      FROM ${owners}, generate_series(0, ${fields - 1}) field
    ) made`
}
