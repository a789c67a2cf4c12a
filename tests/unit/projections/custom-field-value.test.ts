import { describe, expect, test } from 'vitest'
import { readCustomFieldValue } from '@/lib/projections/custom-field-value'
import { customField } from '@/lib/schemas/custom-field'

const NOTHING = {
  textValue: null,
  numberValue: null,
  dateValue: null,
  booleanValue: null,
  optionIds: [],
  optionLabels: [],
}

const OPTIONS = [
  { id: 1, label: 'Gold' },
  { id: '2', label: 'Silver' },
  { id: 3, label: null },
]

// Through JSON and the schema, as a received value comes.
function read(type: string, valueJson: string) {
  const value: unknown = JSON.parse(valueJson)
  return readCustomFieldValue(
    customField.parse({ uuid: 'field_1', label: 'Field', type, value, options: OPTIONS }),
  )
}

describe('a value that fits its type goes into the typed column', () => {
  test.each([
    ['text', '{"text":"plain"}', { textValue: 'plain' }],
    ['text', '{"text":""}', { textValue: '' }],
    ['text', '{"text":"a\\u0000b"}', { textValue: 'a\uFFFDb' }],
    ['text', '{"text":"\\ud800"}', { textValue: '\uFFFD' }],
    ['text', '{"textarea":"long"}', { textValue: 'long' }],
    ['textarea', '{"textarea":"long"}', { textValue: 'long' }],
    ['textarea', '{"text":"long"}', { textValue: 'long' }],
    ['number', '{"number":0}', { numberValue: 0 }],
    ['number', '{"number":-1.5e300}', { numberValue: -1.5e300 }],
    ['number', '{"number":5e-324}', { numberValue: 5e-324 }],
    ['date', '{"date":"2024-01-15T00:00:00.000Z"}', { dateValue: at('2024-01-15T00:00:00.000Z') }],
    ['date', '{"date":"2024-02-29"}', { dateValue: at('2024-02-29T00:00:00.000Z') }],
    ['date', '{"date":"2024-01-15T10:00"}', { dateValue: at('2024-01-15T10:00:00.000Z') }],
    ['date', '{"date":"2024-01-15T10:00:00+0200"}', { dateValue: at('2024-01-15T08:00:00.000Z') }],
    ['date', '{"date":"1950-06-01"}', { dateValue: at('1950-06-01T00:00:00.000Z') }],
    ['date', '{"date":"0001-01-01"}', { dateValue: at('0001-01-01T00:00:00.000Z') }],
    ['date', '{"date":"9999-12-31T23:59:59.999Z"}', { dateValue: at('9999-12-31T23:59:59.999Z') }],
    ['date', '{"date":1716214515227}', { dateValue: new Date(1716214515227) }],
    ['boolean', '{"boolean":false}', { booleanValue: false }],
    ['select', '{"select":1}', { optionIds: ['1'], optionLabels: ['Gold'] }],
    ['select', '{"select":"2"}', { optionIds: ['2'], optionLabels: ['Silver'] }],
    ['select', '{"select":3}', { optionIds: ['3'], optionLabels: ['3'] }],
    ['select', '{"select":99}', { optionIds: ['99'], optionLabels: ['99'] }],
    [
      'multi_select',
      '{"multi_select":[2,"1",99,2]}',
      { optionIds: ['2', '1', '99'], optionLabels: ['Silver', 'Gold', '99'] },
    ],
    ['multi_select', '{"multi_select":[]}', {}],
  ])('%s: %s', (type, json, expected) => {
    expect(read(type, json)).toEqual({ ...NOTHING, ...expected })
  })
})

describe('a value that does not fit its type leaves the typed columns empty', () => {
  test.each([
    ['text', '{"text":5}'],
    ['text', '{"number":5}'],
    ['text', '"bare"'],
    ['number', '{"number":"5"}'],
    ['number', '{"number":1e400}'],
    ['number', '{"number":null}'],
    ['date', '{"date":"yesterday"}'],
    ['date', '{"date":"2024-02-30"}'],
    ['date', '{"date":"2024-13-01"}'],
    ['date', '{"date":"2024-01-15T25:00"}'],
    ['date', '{"date":"0000-12-31"}'],
    ['date', '{"date":"0001-01-01T00:00:00+01:00"}'],
    ['date', '{"date":"9999-12-31T23:59:59-01:00"}'],
    ['date', '{"date":1e300}'],
    ['date', '{"date":{}}'],
    ['boolean', '{"boolean":"true"}'],
    ['boolean', '{"boolean":1}'],
    ['select', '{"select":[1]}'],
    ['select', '{"select":null}'],
    ['select', '{"select":1e400}'],
    ['select', '{"select":""}'],
    ['multi_select', '{"multi_select":1}'],
    ['multi_select', '{"multi_select":[1,null]}'],
    ['unheard_of', '{"unheard_of":1}'],
    ['constructor', '{"constructor":1}'],
    ['__proto__', '{"__proto__":{"text":"x"}}'],
    ['text', 'null'],
    ['text', '[]'],
  ])('%s: %s', (type, json) => {
    expect(read(type, json)).toEqual(NOTHING)
  })

  test('an option id longer than 200 characters', () => {
    expect(read('select', JSON.stringify({ select: 'x'.repeat(201) }))).toEqual(NOTHING)
    const long = 'x'.repeat(200)
    expect(read('select', JSON.stringify({ select: long })).optionIds).toEqual([long])
  })
})

function at(iso: string): Date {
  return new Date(iso)
}
