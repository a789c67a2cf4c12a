import { BIDI_CONTROLS } from '@/components/ui/bidi-controls'

/** A page of a record that was looked at in this browser. */
export type RecentPage = { href: string; label: string }

const STORAGE_KEY = 'waggle-recent'
const KEPT = 8
const MAX_LABEL = 80
// One record: /partnerships/…, and so on; lists are in the sidebar anyway.
const RECORD = /^\/(partnerships|contacts|custom-fields|rooms|events)\/[^/]+$/

/** The pages looked at last, the newest first. They never leave this browser. */
export function recentPages(): RecentPage[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isRecentPage).slice(0, KEPT) : []
  } catch {
    return []
  }
}

/** Remembers a page, if it is one of a record. */
export function rememberPage(location: { pathname: string; search: string }, title: string): void {
  const label = title
    .replace(/ · Waggle$/, '')
    .replace(BIDI_CONTROLS, '')
    .trim()
  if (!RECORD.test(location.pathname) || !label || label === 'Waggle') return
  const href = location.pathname + keptSearch(location.search)
  const others = recentPages().filter((page) => page.href !== href)
  const page = { href, label: Array.from(label).slice(0, MAX_LABEL).join('') }
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify([page, ...others].slice(0, KEPT)))
  } catch {
    // Storage may be blocked or full: then nothing is remembered.
  }
}

/** Forgets them all: whoever signs in next may be somebody else. */
export function forgetRecentPages(): void {
  try {
    localStorage.removeItem(STORAGE_KEY)
  } catch {
    // Storage may be blocked: then there is nothing to forget.
  }
}

// The company is part of a record's address; a place in a room or an open tab is not.
function keptSearch(search: string): string {
  const company = new URLSearchParams(search).get('company')
  return company === null ? '' : `?company=${encodeURIComponent(company)}`
}

function isRecentPage(value: unknown): value is RecentPage {
  if (typeof value !== 'object' || value === null) return false
  const { href, label } = value as Partial<RecentPage>
  // Only pages of this site: "//host" would be another one.
  return typeof label === 'string' && typeof href === 'string' && RECORD.test(href.split('?')[0]!)
}
