import { listHref, newRedeliveryHref, newReplayHref } from '@/components/addresses'

/** Something that a page offers under an address of its own. */
export type PageAction = { label: string; href: string; icon: 'replays' | 'redelivery' | 'history' }

// Where in a list somebody is does not matter for all of it.
const PLACE = ['after', 'before']

/** What the page at an address (as `window.location` tells it) offers to do, besides what every page does. */
export function pageActions({ pathname, search }: { pathname: string; search: string }) {
  const [folder, id, ...rest] = pathname.split('/').slice(1)
  const params = new URLSearchParams(search)
  if (pathname === '/events') return withMatchingEvents(params)
  if (!id || rest.length > 0) return []
  if (folder === 'events' && id !== 'rejections') return withEvent(id)
  if (folder === 'partnerships') return withPartnership(pathname, params.get('company'))
  return []
}

function withMatchingEvents(filter: URLSearchParams): PageAction[] {
  for (const name of PLACE) filter.delete(name)
  return [
    { label: 'Replay everything that matches', href: newReplayHref(filter), icon: 'replays' },
    {
      label: 'Redeliver everything that matches',
      href: newRedeliveryHref(filter),
      icon: 'redelivery',
    },
  ]
}

function withEvent(segment: string): PageAction[] {
  const id = decoded(segment)
  if (id === null) return []
  const filter = new URLSearchParams({ ids: id })
  return [
    { label: 'Dry run of this event', href: newReplayHref(filter), icon: 'replays' },
    { label: 'Redeliver this event', href: newRedeliveryHref(filter), icon: 'redelivery' },
  ]
}

function withPartnership(pathname: string, company: string | null): PageAction[] {
  const tab = (name: string) => listHref(pathname, { company, tab: name })
  return [
    { label: 'Activity of this partnership', href: tab('activity'), icon: 'history' },
    { label: 'This partnership as of an event', href: tab('as-of'), icon: 'history' },
  ]
}

// Somebody may have typed an address that encodes no text.
function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}
