import { describe, expect, test } from 'vitest'
import {
  contactHref,
  customFieldHref,
  eventHref,
  listHref,
  messageAnchor,
  messageHref,
  partnershipHref,
  roomHref,
} from '@/components/addresses'

const hostile = { companyUuid: 'a&b=c#d', uuid: '../x/y?z=1#é 漢' }

describe('the address of a record', () => {
  test.each([
    ['partnerships', partnershipHref],
    ['contacts', contactHref],
    ['custom-fields', customFieldHref],
    ['rooms', roomHref],
  ])('under /%s leads back to its company and its id', (folder, href) => {
    const url = new URL(href(hostile), 'http://waggle.test')
    const [, first, id, ...rest] = url.pathname.split('/')
    expect(first).toBe(folder)
    expect(decodeURIComponent(id ?? '')).toBe(hostile.uuid)
    expect(rest).toEqual([])
    expect([...url.searchParams]).toEqual([['company', hostile.companyUuid]])
    expect(url.hash).toBe('')
  })
})

test('the address of a message is a place in its room', () => {
  const href = messageHref({ companyUuid: 'c', roomUuid: 'r', uuid: 'm 1' })
  const url = new URL(href, 'http://waggle.test')
  expect(url.pathname).toBe('/rooms/r')
  expect(url.searchParams.get('message')).toBe('m 1')
  expect(decodeURIComponent(url.hash)).toBe(`#${messageAnchor('m 1')}`)
})

test('the address of an event is its id', () => {
  expect(eventHref('0190-a')).toBe('/events/0190-a')
})

test('a list is addressed with the filters that are set', () => {
  expect(listHref('/events', { status: 'failed', q: '', type: null })).toBe('/events?status=failed')
  expect(listHref('/events', {})).toBe('/events')
})
