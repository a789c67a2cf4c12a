'use client'

import { useSyncExternalStore } from 'react'
import { clsx } from 'clsx'
import type { FeedPage } from './feed-state'
import type { MarkRoomVisited } from './mark-visited'
import { MessageDays } from './message-days'
import type { Reveal } from './reveal-text'
import { VirtualFeed } from './virtual-feed'

export type FeedProps = {
  room: { companyUuid: string; uuid: string }
  page: FeedPage
  /** The message that the address asks for. */
  target?: string
  /** The message around which the page was read; without it the page opens at one of its ends. */
  anchor: string | null
  opensAt: 'start' | 'end'
  reveal?: Reveal
  markVisited: MarkRoomVisited
}

/**
 * The messages of a room: those in view, and scrolling reads on at both ends. Before, and without, scripts a page of
 * them with links to the next ones.
 */
export function MessageFeed(
  props: FeedProps & { before: React.ReactNode; after: React.ReactNode },
) {
  const hasScripts = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  )
  const { before, after, ...feed } = props
  if (hasScripts) return <VirtualFeed {...feed} />
  return (
    <PlainFeed opensAtEnd={feed.anchor === null && feed.opensAt === 'end'}>
      {before}
      <MessageDays
        messages={feed.page.messages}
        room={feed.room}
        target={feed.target}
        reveal={feed.reveal}
      />
      {after}
    </PlainFeed>
  )
}

/**
 * What the server has drawn. React leaves it as it is: to take every message over, only to put those in view in their
 * place, would hold up the opening of the room. A column in reverse begins at its end without any script.
 */
function PlainFeed({ opensAtEnd, children }: { opensAtEnd: boolean; children: React.ReactNode }) {
  const frame = clsx(
    'h-[calc(100dvh-14rem)] min-h-80 overflow-y-auto rounded-lg border bg-surface',
    opensAtEnd && 'flex flex-col-reverse',
  )
  if (typeof window !== 'undefined') {
    return (
      <div className={frame} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />
    )
  }
  return (
    <div className={frame}>
      <div className={opensAtEnd ? 'mb-auto' : undefined}>{children}</div>
    </div>
  )
}
