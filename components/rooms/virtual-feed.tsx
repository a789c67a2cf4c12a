'use client'

import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { messageAnchor } from '@/components/addresses'
import { LiveToggle } from '@/components/live/live-toggle'
import { useChanges } from '@/components/live/use-changes'
import { Button } from '@/components/ui/button'
import { formatCount, formatDate, SERVER_TIME_ZONE } from '@/lib/format'
import { startsOf } from './group-messages'
import { MarkVisited } from './mark-visited'
import type { FeedProps } from './message-feed'
import { MessageItem } from './message-item'
import { useFeed } from './use-feed'

const ESTIMATED_HEIGHT = 40
// What is above the message that a page begins with: the end of the one before it.
const ABOVE_START_PX = 32
const NEAR_END_PX = 48
// Rows are measured a frame after they are drawn, which moves those below them.
const STILL_FRAMES = 3
// A reader who scrolls while the feed is on its way is not held back any longer than this. In frames, as a slow machine
// may need a second for one.
const LONGEST_WAY_FRAMES = 60

/** Where the feed is on its way to. */
type Place = 'end' | { uuid: string; align: 'start' | 'center'; focus: boolean }

/** A room's messages of which only those in view are elements; reads on as it is scrolled, and lives. */
export function VirtualFeed(props: FeedProps) {
  const { room, page, target, anchor, opensAt, reveal, markVisited } = props
  const feed = useFeed(room, page)
  const { messages, hasNewer, follows, unseen } = feed.state
  const [paused, setPaused] = useState(false)
  const live = useChanges('rooms', (rooms) => {
    const isThis = rooms?.some(([company, id]) => company === room.companyUuid && id === room.uuid)
    if (!paused && isThis !== false) feed.changed()
  })
  const scroller = useRef<HTMLDivElement>(null)
  const anchorIndex = page.messages.findIndex((message) => message.uuid === anchor)
  // While it is on its way nothing is read that would move it.
  const [goingTo, setGoingTo] = useState<Place | null>(() => {
    if (anchor === null || anchorIndex < 0) return opensAt === 'end' ? 'end' : null
    const hasTarget = target !== undefined
    return { uuid: anchor, align: hasTarget ? 'center' : 'start', focus: hasTarget }
  })
  // What is above stays where it is when older messages come, and the end stays in view when new ones do.
  const virtualizer = useVirtualizer({
    count: messages.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => messages[index]?.uuid ?? index,
    estimateSize: () => ESTIMATED_HEIGHT,
    overscan: 6,
    initialOffset: Math.max(0, anchorIndex) * ESTIMATED_HEIGHT,
    anchorTo: 'end',
    followOnAppend: follows,
    scrollEndThreshold: NEAR_END_PX,
    scrollPaddingStart: ABOVE_START_PX,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const atEnd = virtualizer.isAtEnd(NEAR_END_PX) && !hasNewer

  const indexOf = (uuid: string) => messages.findIndex((message) => message.uuid === uuid)

  const setOff = useEffectEvent((place: Place) => {
    if (place === 'end') virtualizer.scrollToEnd()
    else virtualizer.scrollToIndex(indexOf(place.uuid), { align: place.align })
  })
  const isThere = useEffectEvent((place: Place) => {
    if (place === 'end') return virtualizer.isAtEnd(NEAR_END_PX)
    const offset = virtualizer.getOffsetForIndex(indexOf(place.uuid), place.align)
    return offset !== undefined && Math.abs(offset[0] - (virtualizer.scrollOffset ?? 0)) < 2
  })
  useLayoutEffect(() => {
    if (goingTo === null) return
    let frames = 0
    let stillFor = 0
    setOff(goingTo)
    let frame = requestAnimationFrame(function look() {
      stillFor = isThere(goingTo) ? stillFor + 1 : 0
      if (stillFor < STILL_FRAMES && ++frames < LONGEST_WAY_FRAMES) {
        frame = requestAnimationFrame(look)
        return
      }
      // It goes by the row's number, which is another one's when older messages have come.
      virtualizer.cancelScroll()
      if (goingTo !== 'end' && goingTo.focus) {
        document.getElementById(messageAnchor(goingTo.uuid))?.focus({ preventScroll: true })
      }
      setGoingTo(null)
    })
    return () => cancelAnimationFrame(frame)
  }, [goingTo, virtualizer])

  const look = useEffectEvent(() => {
    if (goingTo !== null) return
    const view = { first, last, atEnd }
    feed.follow(view)
    feed.catchUp(view)
    if (atEnd) feed.seen()
  })
  const { state, changes, failed } = feed
  useEffect(() => look(), [first, last, atEnd, goingTo, state, changes, failed])

  async function showNewest() {
    if (hasNewer) await feed.openNewest()
    feed.seen()
    setGoingTo('end')
  }

  return (
    <div className="relative">
      <div className="absolute end-0 -top-9 flex items-center gap-2">
        <LiveToggle
          what="messages"
          live={live}
          paused={paused}
          onToggle={() => setPaused(!paused)}
        />
      </div>
      <div
        ref={scroller}
        role="feed"
        aria-label="Messages"
        tabIndex={0}
        className="h-[calc(100dvh-14rem)] min-h-80 overflow-y-auto overscroll-contain rounded-lg border bg-surface [overflow-anchor:none]"
        onClick={(event) => {
          const link = (event.target as Element).closest('a[href^="#"]')
          const id = link && decodeURIComponent(link.getAttribute('href')!.slice(1))
          const wanted = messages.find((message) => messageAnchor(message.uuid) === id)
          if (!wanted) return
          event.preventDefault()
          setGoingTo({ uuid: wanted.uuid, align: 'center', focus: true })
        }}
      >
        <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const message = messages[item.index]
            if (!message) return null
            const { startsDay, startsRun } = startsOf(messages[item.index - 1], message)
            return (
              <div
                key={item.key}
                data-index={item.index}
                ref={virtualizer.measureElement}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {startsDay && <Day start={message.createdAt} />}
                <div className="px-1">
                  <MessageItem
                    message={message}
                    room={room}
                    isFirstOfRun={startsRun}
                    isTarget={message.uuid === target}
                    isParentOnPage={messages.some((one) => one.uuid === message.parent?.uuid)}
                    quotesParent
                    reveal={reveal}
                  />
                </div>
              </div>
            )
          })}
        </div>
      </div>
      <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center gap-2">
        {feed.failed && (
          <Button
            className="pointer-events-auto shadow-popover"
            variant="danger"
            onClick={() => feed.changed()}
          >
            Messages could not be loaded. Try again
          </Button>
        )}
        {!atEnd && messages.length > 0 && (
          <Button className="pointer-events-auto shadow-popover" onClick={() => void showNewest()}>
            <ArrowDown aria-hidden /> {unseen > 0 ? newMessages(unseen) : 'Newest messages'}
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {unseen > 0 ? newMessages(unseen) : ''}
      </p>
      <MarkVisited
        room={room}
        newest={goingTo === null && atEnd ? messages.at(-1)?.uuid : undefined}
        mark={markVisited}
      />
    </div>
  )
}

function Day({ start }: { start: Date }) {
  return (
    <div className="border-y bg-subtle px-4 py-1 text-xs font-medium text-muted">
      {formatDate(start, SERVER_TIME_ZONE)} <span className="font-normal">UTC</span>
    </div>
  )
}

function newMessages(count: number): string {
  return `${formatCount(count)} new ${count === 1 ? 'message' : 'messages'}`
}
