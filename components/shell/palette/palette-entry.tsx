import type { ReactNode } from 'react'
import {
  Activity,
  Handshake,
  ListFilter,
  MessageSquare,
  MessagesSquare,
  Paperclip,
  TextCursorInput,
  UserRound,
  type LucideIcon,
} from 'lucide-react'
import {
  contactHref,
  customFieldHref,
  eventHref,
  listHref,
  messageHref,
  partnershipHref,
  roomHref,
} from '@/components/addresses'
import { visibleName } from '@/components/attachments/visible-name'
import { visibleText } from '@/components/partnerships/visible-text'
import { Highlighted } from '@/components/search/highlighted'
import { formatCount } from '@/lib/format'
import type { PaletteItem } from '@/lib/queries/palette/palette-item'

/** How an item is shown, and where it leads. */
export type PaletteEntry = { href: string; Icon: LucideIcon; title: ReactNode; detail: ReactNode }

export const KIND_HEADINGS: Record<PaletteItem['kind'], string> = {
  partnership: 'Partnerships',
  contact: 'Contacts',
  room: 'Rooms',
  customField: 'Custom fields',
  message: 'Messages',
  file: 'Files',
  event: 'Events',
  eventType: 'Event types',
}

export function paletteEntry(item: PaletteItem): PaletteEntry {
  switch (item.kind) {
    case 'partnership':
      return { href: partnershipHref(item), Icon: Handshake, ...named(item) }
    case 'contact':
      return { href: contactHref(item), Icon: UserRound, ...named(item) }
    case 'customField':
      return { href: customFieldHref(item), Icon: TextCursorInput, ...named(item) }
    case 'room':
      return {
        href: roomHref(item),
        Icon: MessagesSquare,
        title: <bdi>{visibleText(item.partnershipName) ?? item.uuid}</bdi>,
        detail: `${formatCount(item.messageCount)} ${item.messageCount === 1 ? 'message' : 'messages'}`,
      }
    case 'message':
      return {
        href: messageHref(item),
        Icon: MessageSquare,
        title: item.snippet.length > 0 ? <Highlighted parts={item.snippet} /> : <em>No text</em>,
        detail: <bdi>{item.author ?? 'Unknown author'}</bdi>,
      }
    case 'file':
      return {
        href: messageHref({ ...item, uuid: item.messageUuid }),
        Icon: Paperclip,
        title: <bdi>{visibleName(item.name)}</bdi>,
        detail: item.at.slice(0, 10),
      }
    case 'event':
      return { href: eventHref(item.id), Icon: Activity, title: item.eventType, detail: item.id }
    case 'eventType':
      return {
        href: listHref('/events', { type: item.eventType }),
        Icon: ListFilter,
        title: <bdi>{item.eventType}</bdi>,
        detail: null,
      }
  }
}

type Named = { name: string | null; detail: string | null; uuid: string }

function named({ name, detail, uuid }: Named) {
  return {
    title: <bdi>{visibleText(name) ?? uuid}</bdi>,
    detail: detail && <bdi>{detail}</bdi>,
  }
}
