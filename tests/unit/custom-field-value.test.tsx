import { describe, expect, test } from 'vitest'
import { renderToStaticMarkup } from 'react-dom/server'
import {
  CustomFieldValue,
  type CustomFieldValueContent,
} from '@/components/custom-fields/custom-field-value'

const EMPTY: CustomFieldValueContent = {
  type: 'text',
  textValue: null,
  numberValue: null,
  dateValue: null,
  booleanValue: null,
  optionLabels: [],
  raw: null,
}

function html(content: Partial<CustomFieldValueContent>, compact = false): string {
  return renderToStaticMarkup(
    <CustomFieldValue value={{ ...EMPTY, ...content }} compact={compact} />,
  )
}

function text(content: Partial<CustomFieldValueContent>): string {
  return html(content).replace(/<[^>]*>/g, '')
}

describe('a value is shown as its type wants it', () => {
  test.each<[string, Partial<CustomFieldValueContent>, string]>([
    ['text', { textValue: 'Gold' }, 'Gold'],
    ['number', { numberValue: 1234.5 }, '1,234.5'],
    ['number', { numberValue: 0 }, '0'],
    ['date', { dateValue: new Date('2026-03-01T00:00:00Z') }, '1 Mar 2026'],
    ['date', { dateValue: new Date('2026-03-01T10:30:00Z') }, '1 Mar 2026, 10:30:00 UTC'],
    ['boolean', { booleanValue: true }, 'Yes'],
    ['boolean', { booleanValue: false }, 'No'],
    ['select', { optionLabels: ['EMEA'] }, 'EMEA'],
    ['multi_select', { optionLabels: ['EMEA', 'APAC'] }, 'EMEAAPAC'],
  ])('%s %o', (type, content, expected) => {
    expect(text({ type, ...content })).toBe(expected)
  })

  test('line breaks of a textarea are kept', () => {
    const shown = html({ type: 'textarea', textValue: 'one\ntwo' })
    expect(shown).toContain('whitespace-pre-wrap')
    expect(shown).toContain('one\ntwo')
  })

  test('markup in a text stays text', () => {
    expect(html({ textValue: '<img src=x onerror=alert(1)>' })).not.toContain('<img')
  })

  test('a web address in a text is a link, a script is not', () => {
    expect(html({ textValue: 'https://acme.example/x' })).toContain('href="https://acme.example/x"')
    expect(html({ textValue: 'javascript:alert(1)' })).not.toContain('href')
    expect(html({ textValue: 'https://bank.example@evil.example/' })).not.toContain('href')
  })
})

describe('an empty value is an em dash', () => {
  test.each([null, 'null', '{"text": null}', '{"multi_select": []}', '{"text": ""}', '{}'])(
    'sent as %s',
    (raw) => {
      expect(text({ raw })).toBe('—')
    },
  )

  test('also when the text is empty', () => {
    expect(text({ textValue: '', raw: '{"text": ""}' })).toBe('—')
  })
})

describe('what Waggle does not understand is shown as it was sent', () => {
  test('a type that is not known', () => {
    const raw = '{"geo": {"lat": 1}}'
    expect(text({ type: 'geo', raw })).toBe(raw.replaceAll('"', '&quot;'))
  })

  test('a value that does not fit its type', () => {
    expect(text({ type: 'number', raw: '{"number": "many"}' })).toContain('many')
    expect(text({ type: 'boolean', raw: '{"boolean": 0}' })).toContain('0')
  })

  test('JSON that was cut in the middle', () => {
    expect(text({ type: 'geo', raw: '{"geo": {"la' })).toContain('{&quot;geo')
  })
})
