'use client'

import {
  createContext,
  use,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { ArrowUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { LiveToggle } from '@/components/live/live-toggle'
import { useLiveRefresh } from '@/components/live/use-live-refresh'
import { Button } from '@/components/ui/button'
import type { FilterTexts } from '@/lib/event-filter/filter-fields'
import { formatCount } from '@/lib/format'
import type { WaitingEvents } from '@/lib/queries/count-waiting-events'
import { eventsHref } from './event-addresses'

// New rows would move the ones that somebody reads further down.
const SCROLLED_PX = 80
const COUNT_EVERY_MS = 1_000
// A count of what a slow filter finds keeps the server busy for a fifth of the time at most.
const TIMES_ITS_COST = 4

type Tail = {
  live: boolean | null
  paused: boolean
  setPaused: (paused: boolean) => void
  setAtSome: (isAtSome: boolean) => void
  waiting: WaitingEvents | null
  show: () => void
}

const TailContext = createContext<Tail | null>(null)

type Props = {
  texts: FilterTexts
  /** From where on events are new to this page: `newSince` of the query. */
  since: string
  isFirstPage: boolean
  children: ReactNode
}

/**
 * A list of events that follows the log: what comes shows up at its top. While it is paused, scrolled, selected in or
 * gone through with the keyboard, or another page of it is open, it stays as it is, and says how many have come.
 */
export function LiveEvents({ texts, since, isFirstPage, children }: Props) {
  const router = useRouter()
  const [paused, setPaused] = useState(false)
  const [atSome, setAtSome] = useState(false)
  const scrolled = useSyncExternalStore(onScroll, isScrolled, () => false)
  const held = paused || atSome || scrolled || !isFirstPage
  const { live, told, refresh } = useLiveRefresh('events', held)
  const waiting = useWaiting(eventsHref(texts, '/api/waiting-events'), since, held ? told : 0)

  function show() {
    // The button goes away, and with it the focus.
    document.getElementById('content')?.focus({ preventScroll: true })
    if (!isFirstPage) return router.push(eventsHref(texts))
    window.scrollTo({ top: 0 })
    refresh()
  }

  const tail = { live, paused, setPaused, setAtSome, waiting, show }
  return <TailContext value={tail}>{children}</TailContext>
}

/** Whether the list follows the log, and the way to keep it still. */
export function LiveEventsToggle() {
  const { live, paused, setPaused } = useTail()
  return (
    <LiveToggle what="events" live={live} paused={paused} onToggle={() => setPaused(!paused)} />
  )
}

/** How many events have come that a list which is kept still does not show, and the way to them. */
export function WaitingEventsButton() {
  const { waiting, show } = useTail()
  return (
    <div className="sticky top-19 z-10 flex h-0 justify-center md:top-7">
      {/* Said once, not with every event. */}
      <p role="status" className="sr-only">
        {waiting && 'New events have come.'}
      </p>
      {waiting && (
        <Button
          variant="primary"
          size="sm"
          className="-translate-y-5 shadow-popover"
          onClick={show}
        >
          <ArrowUp aria-hidden />
          {waitingText(waiting)}
        </Button>
      )}
    </div>
  )
}

/** Keeps the list as it is while somebody is at one of its events. */
export function useHold(isAtSome: boolean): void {
  const { setAtSome } = useTail()
  useEffect(() => {
    setAtSome(isAtSome)
    return () => setAtSome(false)
  }, [isAtSome, setAtSome])
}

function useTail(): Tail {
  const tail = use(TailContext)
  if (!tail) throw new Error('It stands outside of LiveEvents.')
  return tail
}

/** @param told Asks anew when it has changed, once a second at most; not while it is 0. */
function useWaiting(address: string, since: string, told: number): WaitingEvents | null {
  const [found, setFound] = useState<{ since: string; waiting: WaitingEvents | null }>()
  const [asking, setAsking] = useState(false)
  const asked = useRef({ told: 0, since: '', notBefore: 0 })
  useEffect(() => {
    const last = asked.current
    if (told === 0 || asking || (told === last.told && since === last.since)) return
    const timer = setTimeout(
      async () => {
        const startedAt = performance.now()
        setAsking(true)
        const waiting = await ask(address, since).catch(() => undefined)
        const cost = performance.now() - startedAt
        const notBefore = performance.now() + Math.max(COUNT_EVERY_MS, TIMES_ITS_COST * cost)
        asked.current = { told, since, notBefore }
        if (waiting !== undefined) setFound({ since, waiting })
        setAsking(false)
      },
      Math.max(0, last.notBefore - performance.now()),
    )
    return () => clearTimeout(timer)
  }, [address, since, told, asking])
  // What was counted since another moment is shown by now.
  return told > 0 && found?.since === since ? found.waiting : null
}

/** @throws When the server can't be asked; the next connection tells of a change again. */
async function ask(address: string, since: string): Promise<WaitingEvents | null> {
  const url = `${address}${address.includes('?') ? '&' : '?'}since=${encodeURIComponent(since)}`
  const response = await fetch(url, { cache: 'no-store' })
  if (!response.ok) throw new Error(`It answered ${response.status}.`)
  return response.status === 204 ? null : ((await response.json()) as WaitingEvents)
}

function waitingText({ count, isMore }: WaitingEvents): string {
  if (count === 0) return 'New events'
  return `${formatCount(count)}${isMore ? '+' : ''} new ${count === 1 && !isMore ? 'event' : 'events'}`
}

function onScroll(listener: () => void): () => void {
  window.addEventListener('scroll', listener, { passive: true })
  return () => window.removeEventListener('scroll', listener)
}

function isScrolled(): boolean {
  return window.scrollY > SCROLLED_PX
}
