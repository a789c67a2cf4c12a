import { ACCEPTED, INVALID } from './delivery'
import type { NastyCase, NastyOptions } from './nasty-deliveries'

/** JSON that is legal as a text and dangerous as a value. Written by hand: no object literal can hold it. */
export function nastyStructures({ source }: NastyOptions): NastyCase[] {
  const raw = (label: string, members: string, expected = ACCEPTED): NastyCase => ({
    label,
    eventType: 'partner_updated',
    body:
      `{"partnership":{"uuid":"${source.uuid('partnership')}",` +
      `"company_name":"Nasty Structure",${members}},"configuration":[]}`,
    expected,
  })
  const numberField = (number: string) =>
    `"custom_fields":[{"uuid":"${source.uuid('cf')}","label":"Huge","type":"number",` +
    `"value":{"number":${number}},"custom_field_value_uuid":null,"options":null}]`
  return [
    raw('a __proto__ key', '"__proto__":{"polluted":true},"constructor":{"prototype":{"x":1}}'),
    raw('__proto__ in a value', numberField('1').replace('"number":1', '"__proto__":{"number":1}')),
    raw('the same key twice', '"company_name":"The last one counts","company_name":"Last"'),
    raw('the uuid once more, as another', `"uuid":"${source.uuid('partnership')}"`),
    raw('the number 1e400', numberField('1e400')),
    raw('the number -1e308', numberField('-1e308')),
    raw('the number 2^63', numberField('9223372036854775808')),
    raw('a number of 400 digits', numberField('9'.repeat(400))),
    raw('a number next to zero', numberField('5e-324')),
    raw('a NUL in a key', '"nu\\u0000ll":"\\u0000"'),
    raw('lone surrogates in a key', '"\\ud800":"\\udfff\\ud800"'),
    raw('60 levels', `"deep":${'['.repeat(60)}${']'.repeat(60)}`),
    raw('100 levels', `"deep":${'['.repeat(100)}${']'.repeat(100)}`, INVALID),
    raw('10,000 levels of lists', `"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}`, INVALID),
    raw(
      '10,000 levels of objects',
      `"deep":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      INVALID,
    ),
    raw('brackets in a text, which are no levels', `"deep":"${'[{'.repeat(500)}"`),
    raw('20,000 keys', Array.from({ length: 20_000 }, (_, key) => `"k${key}":${key}`).join(',')),
    raw('500 KB of white space', `${' \n\t'.repeat(170_000)}"stage_label":"Far away"`),
    {
      ...raw('a partnership that is a text', '"x":1', INVALID),
      body: '{"partnership":"none","configuration":[]}',
    },
    { ...raw('an empty object', '"x":1', INVALID), body: '{}' },
    {
      ...raw('a configuration that is a text', '"x":1', INVALID),
      body: `{"partnership":{"uuid":"${source.uuid('partnership')}"},"configuration":"x"}`,
    },
    {
      ...raw('configuration values of all kinds', '"x":1'),
      body:
        `{"partnership":{"uuid":"${source.uuid('partnership')}","company_name":"Configured"},` +
        '"configuration":[{"id":"partner_integration_settings","selected":[' +
        '{"id":"unique_field_partner","value":{"deep":[1,null]}},{"id":"a","value":null},' +
        '{"id":"a","value":"twice"},{"id":"\\u0000","value":"\\ud800"}]}]}',
    },
  ]
}
