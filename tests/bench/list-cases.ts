import { fieldColumn } from '@/lib/list-view/field-column'
import type { Filter, ListName, ListView } from '@/lib/list-view/list-view'
import { FIELD_TYPES, fieldUuid } from './lists-dataset'

/** A question that is put to a list; `deep` also in the middle and at the end of the answer. */
export type ListCase = { list: ListName; name: string; view: ListView; deep: boolean }

const field = (type: (typeof FIELD_TYPES)[number], second = false) => {
  const number = FIELD_TYPES.indexOf(type) + (second ? FIELD_TYPES.length : 0)
  return fieldColumn('company_a', fieldUuid('company_a', number))
}

const filter = (column: string, operator: Filter['operator'], ...values: string[]): Filter => ({
  column,
  operator,
  values,
})

const by = (column: string, descending = false) => ({ sort: { column, descending } })

const ALL = { partnerships: [], contacts: [], 'custom-fields': [], attachments: [] }

// What people ask: rare and common names, typing errors, labels that few and many have, a field of each type.
const QUESTIONS: Record<ListName, Record<string, Partial<ListView>>> = {
  ...ALL,
  partnerships: {
    'by name': {},
    'by last change': by('changed', true),
    'by messages': by('messages', true),
    'by country': by('country'),
    'by a number field': by(field('number'), true),
    'by a text field': by(field('text')),
    'search, many': { q: 'zebra' },
    'search, one': { q: 'partner-77777' },
    'search, accent': { q: 'uber sys' },
    'search, typing error': { q: 'quamtum robtics' },
    'gold in a country': {
      filters: [filter('tier', 'any', 'Gold'), filter('country', 'any', 'Country 7')],
    },
    'active stage': { filters: [filter('stage', 'any', 'Active')] },
    'not active, by messages': {
      filters: [filter('stage', 'none', 'Active')],
      ...by('messages', true),
    },
    'gold, country, date field': {
      filters: [
        filter('tier', 'any', 'Gold'),
        filter('country', 'any', 'Country 1'),
        filter(field('date'), 'between', '2026-01-01', '2026-12-31'),
      ],
    },
    'number field between': { filters: [filter(field('number'), 'between', '1000', '2000')] },
    'text field contains': { filters: [filter(field('text'), 'contains', 'note 11')] },
    'select and boolean fields': {
      filters: [filter(field('select'), 'any', '12'), filter(field('boolean'), 'is', 'true')],
    },
    'two on a multi-select': {
      filters: [
        filter(field('multi_select'), 'any', '5', '6'),
        filter(field('multi_select'), 'none', '1'),
      ],
    },
    'empty field': { filters: [filter(field('select', true), 'empty')] },
    'has messages': { filters: [filter('hasMessages', 'is', 'true')] },
    'many contacts': { filters: [filter('contacts', 'between', '40', '')] },
  },
  contacts: {
    'by name': {},
    'by last change': by('changed', true),
    'by e-mail': by('email'),
    'search, many': { q: 'müller' },
    'search, one': { q: 'contact.123456' },
    'search, common': { q: 'example' },
    'search, typing error': { q: 'bjrn tanakka' },
    'by partnership': by('partnership'),
    'partnership contains': { filters: [filter('partnership', 'contains', 'zebra robotics')] },
    'a tag': { filters: [filter('tags', 'any', 'Tag 12')] },
    'not a tag': { filters: [filter('tags', 'none', 'Tag 1')] },
    'without tags': { filters: [filter('tags', 'empty')] },
    'without tags, by change': { filters: [filter('tags', 'empty')], ...by('changed', true) },
    position: { filters: [filter('position', 'contains', 'job 12')] },
    'e-mail and last change': {
      filters: [
        filter('email', 'contains', 'partner-77'),
        filter('changed', 'between', '2026-01-01', ''),
      ],
    },
    'text field contains': { filters: [filter(field('text'), 'contains', 'note 12')] },
    'number and text fields': {
      filters: [
        filter(field('number'), 'between', '1000', '9000'),
        filter(field('text'), 'contains', 'note 3'),
      ],
    },
    'by a number field': by(field('number')),
  },
  'custom-fields': {
    'by label': {},
    'by type': by('type'),
    'by last change': by('changed', true),
    search: { q: 'field 11' },
    'filled anywhere': { filters: [filter('filled', 'is', 'true')] },
    'filled nowhere': { filters: [filter('filled', 'is', 'false')] },
    type: { filters: [filter('type', 'any', 'select')] },
  },
  attachments: {
    'by time': {},
    'by name': by('name'),
    'by size': by('size', true),
    'by kind': by('kind'),
    'by partnership': by('partnership'),
    'a kind': { filters: [filter('kind', 'any', 'image')] },
    'kind and size': {
      filters: [filter('kind', 'any', 'video'), filter('size', 'between', '4000000', '')],
    },
    'partnership contains': { filters: [filter('partnership', 'contains', 'zebra robotics')] },
    'search, many': { q: 'contract' },
    'search, one': { q: 'invoice-5' },
  },
}

// Paging through what a search or a rare combination found is the same walk.
const DEEP = /^by |^active|^not active|^has /

/** Every case, list by list. */
export function listCases(): ListCase[] {
  return (Object.keys(QUESTIONS) as ListName[]).flatMap((list) =>
    Object.entries(QUESTIONS[list]).map(([name, view]) => ({
      list,
      name,
      view: { filters: [], ...view },
      deep: DEEP.test(name),
    })),
  )
}
