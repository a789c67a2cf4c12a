/** The pages of the sidebar, which the palette has as well; `key` is pressed after "g" to go there. */
export const NAV_ITEMS = [
  { label: 'Overview', href: '/', icon: 'overview', key: 'o', searchable: false },
  {
    label: 'Partnerships',
    href: '/partnerships',
    icon: 'partnerships',
    key: 'p',
    searchable: true,
  },
  { label: 'Duplicates', href: '/duplicates', icon: 'duplicates', key: 'd', searchable: false },
  { label: 'Contacts', href: '/contacts', icon: 'contacts', key: 'c', searchable: true },
  {
    label: 'Custom fields',
    href: '/custom-fields',
    icon: 'customFields',
    key: 'f',
    searchable: true,
  },
  { label: 'Rooms', href: '/rooms', icon: 'rooms', key: 'r', searchable: true },
  { label: 'Attachments', href: '/attachments', icon: 'attachments', key: 'a', searchable: true },
  { label: 'Search', href: '/search', icon: 'search', key: 'm', searchable: true },
  { label: 'Events', href: '/events', icon: 'events', key: 'e', searchable: true },
  { label: 'Redelivery', href: '/redeliveries', icon: 'redelivery', key: 'l', searchable: false },
  {
    label: 'Destinations',
    href: '/destinations',
    icon: 'destinations',
    key: 't',
    searchable: false,
  },
  { label: 'Replays', href: '/replays', icon: 'replays', key: 'y', searchable: false },
  { label: 'Settings', href: '/settings', icon: 'settings', key: 's', searchable: false },
] as const

export type NavItem = (typeof NAV_ITEMS)[number]

/** Whether a page belongs to an item: `/rooms/x` to `/rooms`, only `/` to `/`. */
export function isWithin(pathname: string, href: string): boolean {
  if (href === '/') return pathname === '/'
  return pathname === href || pathname.startsWith(`${href}/`)
}
