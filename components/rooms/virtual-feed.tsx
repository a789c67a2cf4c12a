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
// A reader who scrolls while the page still opens is not held back any longer than this.
const LONGEST_OPENING_MS = 1_000
const NEAR_END_PX = 48

/** A room's messages of which only those in view are elements; reads on as it is scrolled, and lives. */
export function VirtualFeed(props: FeedProps) {
  const { room, page, target, anchor, opensAt, reveal, markVisited } = props
  const feed = useFeed(room, page)
  const { messages, hasNewer, follows, unseen } = feed.state
  const [focusAsked, setFocusAsked] = useState(0)
  const [paused, setPaused] = useState(false)
  const live = useChanges((rooms) => {
    const isThis = rooms?.some(([company, id]) => company === room.companyUuid && id === room.uuid)
    if (!paused && isThis !== false) feed.changed()
  })
  const scroller = useRef<HTMLDivElement>(null)
  // Until the page stands where it opens, nothing is read that would move it.
  const [opened, setOpened] = useState(false)
  const anchorIndex = page.messages.findIndex((message) => message.uuid === anchor)
  const focusNext = useRef(target)
  // What is above stays where it is when older messages come, and the end stays in view when new ones do.
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoized by the compiler
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
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const nearEnd = virtualizer.isAtEnd(NEAR_END_PX)
  const atEnd = nearEnd && !hasNewer

  function goTo(uuid: string): boolean {
    const index = messages.findIndex((message) => message.uuid === uuid)
    if (index < 0) return false
    focusNext.current = uuid
    const offset = virtualizer.getOffsetForIndex(index, 'center')
    if (offset) virtualizer.scrollToOffset(offset[0])
    setFocusAsked((count) => count + 1)
    return true
  }

  const begin = useEffectEvent(() => {
    if (anchorIndex < 0 && opensAt === 'end') virtualizer.scrollToEnd()
    return setTimeout(() => setOpened(true), LONGEST_OPENING_MS)
  })
  useLayoutEffect(() => {
    const timer = begin()
    return () => clearTimeout(timer)
  }, [])

  const open = useEffectEvent(() => {
    if (anchorIndex >= 0) {
      const element = anchor === null ? null : document.getElementById(messageAnchor(anchor))
      if (!element || !scroller.current) return
      bringIntoView(scroller.current, element, target === undefined ? 'start' : 'center')
    } else if (opensAt === 'end' && !nearEnd) {
      return
    }
    requestAnimationFrame(() => setOpened(true))
  })

  const look = useEffectEvent(() => {
    const wanted = focusNext.current && document.getElementById(messageAnchor(focusNext.current))
    if (wanted && scroller.current) {
      bringIntoView(scroller.current, wanted, 'center')
      wanted.focus({ preventScroll: true })
      focusNext.current = undefined
    }
    if (!opened) return open()
    const view = { first, last, atEnd }
    feed.follow(view)
    feed.catchUp(view)
    if (atEnd) feed.seen()
  })
  const { state, changes, failed } = feed
  useEffect(() => look(), [first, last, nearEnd, atEnd, opened, focusAsked, state, changes, failed])

  async function showNewest() {
    if (hasNewer) await feed.openNewest()
    feed.seen()
    requestAnimationFrame(() => virtualizer.scrollToEnd())
  }

  return (
    <div className="relative">
      <div className="absolute end-0 -top-9 flex items-center gap-2">
        <LiveToggle live={live} paused={paused} onToggle={() => setPaused(!paused)} />
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
          if (wanted && goTo(wanted.uuid)) event.preventDefault()
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
        newest={opened && atEnd ? messages.at(-1)?.uuid : undefined}
        mark={markVisited}
      />
    </div>
  )
}

// Not scrollIntoView, which would move the page around the feed as well.
function bringIntoView(scroller: Element, element: Element, place: 'start' | 'center'): void {
  const frame = scroller.getBoundingClientRect()
  const { top, height } = element.getBoundingClientRect()
  const room = place === 'center' ? Math.max(0, (frame.height - height) / 2) : 32
  scroller.scrollTop += top - frame.top - room
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
