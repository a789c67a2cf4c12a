'use client'

import { useSyncExternalStore } from 'react'
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
 * The messages of a room. The server renders those that the address asks for, which is what there is without scripts;
 * with them only those in view are there, and scrolling reads on at both ends.
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
    <div className="h-[calc(100dvh-14rem)] min-h-80 overflow-y-auto rounded-lg border bg-surface">
      {before}
      <MessageDays
        messages={feed.page.messages}
        room={feed.room}
        target={feed.target}
        reveal={feed.reveal}
      />
      {after}
    </div>
  )
}
