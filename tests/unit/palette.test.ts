import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { matchesWords } from '@/components/shell/palette/matches-words'
import { pageActions } from '@/components/shell/palette/page-actions'
import { PALETTE_PAGES } from '@/components/shell/palette/palette-pages'

const DASHBOARD = path.resolve(import.meta.dirname, '../../app/(dashboard)')

// An address that the palette does not lead to, and why it need not.
const NOT_OFFERED: Record<string, string> = {}

/** The addresses of the dashboard's pages, those of single records too. */
function addresses(): string[] {
  return readdirSync(DASHBOARD, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep))
    .filter((parts) => parts.at(-1) === 'page.tsx')
    .map(
      (parts) =>
        `/${parts
          .slice(0, -1)
          .filter((part) => !part.startsWith('('))
          .join('/')}`,
    )
}

const offered = PALETTE_PAGES.map(({ href }) => new URL(href, 'http://waggle.test').pathname)

describe('the palette', () => {
  test('leads to every page that is not a single record’s', () => {
    const pages = addresses().filter((address) => !address.includes('['))
    expect(pages).toContain('/replays/new')
    expect([...new Set([...offered, ...Object.keys(NOT_OFFERED)])].sort()).toEqual(pages.sort())
  })

  test('leads to each of them under a name of its own, and finds it by that name', () => {
    for (const { label } of PALETTE_PAGES) {
      const found = PALETTE_PAGES.filter((page) => matchesWords(label, page.label))
      expect(found.filter((page) => page.label === label)).toHaveLength(1)
    }
    expect(new Set(PALETTE_PAGES.map(({ href }) => href)).size).toBe(PALETTE_PAGES.length)
  })
})

describe('what the palette offers of a page', () => {
  const hrefs = (pathname: string, search = '') =>
    pageActions({ pathname, search }).map(({ href }) => href)

  test('are the events that its filter finds, wherever in the list somebody is', () => {
    expect(hrefs('/events', '?type=a&type=b%26c&after=x')).toEqual([
      '/replays/new?type=a&type=b%26c',
      '/redeliveries/new?type=a&type=b%26c',
    ])
    expect(hrefs('/events')).toEqual(['/replays/new', '/redeliveries/new'])
  })

  test('is its event, whatever its id', () => {
    expect(hrefs(`/events/${encodeURIComponent('a/b?c&d+é')}`)).toEqual([
      '/replays/new?ids=a%2Fb%3Fc%26d%2B%C3%A9',
      '/redeliveries/new?ids=a%2Fb%3Fc%26d%2B%C3%A9',
    ])
    expect(hrefs('/events/%E0%A4')).toEqual([])
  })

  test('are the histories of its partnership', () => {
    expect(hrefs('/partnerships/a%2Fb', '?company=c%26d&tab=activity&asOf=e')).toEqual([
      '/partnerships/a%2Fb?company=c%26d&tab=activity',
      '/partnerships/a%2Fb?company=c%26d&tab=as-of',
    ])
  })

  test.each(['/', '/partnerships', '/events/rejections', '/contacts/x', '/events/x/y'])(
    'is nothing more on %s',
    (pathname) => expect(hrefs(pathname)).toEqual([]),
  )
})
