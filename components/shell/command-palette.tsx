'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { Command } from 'cmdk'
import { Clock, LoaderCircle, RotateCw, Search } from 'lucide-react'
import { useTheme } from 'next-themes'
import { useRouter } from 'next/navigation'
import * as Dialog from 'radix-ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { listHref } from '@/components/addresses'
import type { PaletteItem } from '@/lib/queries/palette/palette-item'
import { NAV_ICONS } from './nav-icon'
import { NAV_ITEMS } from './nav-items'
import { matchesWords } from './palette/matches-words'
import { paletteCommands, type SendSamples } from './palette/palette-commands'
import { KIND_HEADINGS, paletteEntry } from './palette/palette-entry'
import { PALETTE_PAGES } from './palette/palette-pages'
import { PaletteGroup, PaletteRow } from './palette/palette-row'
import { recentPages } from './palette/recent-pages'
import { usePaletteSearch } from './palette/use-palette-search'
import type { SignOut } from './user-menu'

type Props = {
  onClose: () => void
  onKeyHelp: () => void
  signOut?: SignOut
  sendSamples?: SendSamples
}

const MAX_TEXT = 200
const KINDS = Object.keys(KIND_HEADINGS) as PaletteItem['kind'][]

export function CommandPalette({ onClose, onKeyHelp, signOut, sendSamples }: Props) {
  const router = useRouter()
  const { setTheme } = useTheme()
  const [text, setText] = useState('')
  const [recent] = useState(recentPages)
  // Whoever has begun to choose keeps what is chosen; else an answer's first row is.
  const chosen = useRef(false)
  const command = useRef<HTMLDivElement>(null)
  const [answers, setAnswers] = useState(0)
  const onSettled = useCallback(() => {
    if (!chosen.current) setAnswers((count) => count + 1)
  }, [])
  const query = text.trim()
  const { searching, answer, error, retry } = usePaletteSearch(query, onSettled)

  // The way that cmdk has for it: it tells screen readers too, as its property `value` would not. First to
  // the end, because it says nothing of a row that it takes to be chosen already.
  useEffect(() => {
    if (chosen.current) return
    for (const key of ['End', 'Home']) {
      command.current?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    }
  }, [query, answers])

  const commands = paletteCommands({ go, setTheme, onKeyHelp, signOut, sendSamples }).filter(
    ({ label, hidden }) => (query || !hidden) && matchesWords(query, label),
  )
  const pages = PALETTE_PAGES.filter(({ label }) => matchesWords(query, label))

  function go(href: string) {
    onClose()
    router.push(href)
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100%-2rem)] max-w-2xl -translate-x-1/2 overflow-hidden rounded-xl border bg-surface shadow-popover outline-none"
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Command
            ref={command}
            label="Search and commands"
            loop
            shouldFilter={false}
            onKeyDownCapture={({ key, isTrusted }) => {
              const moves = ['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(key)
              if (isTrusted && moves) chosen.current = true
            }}
            onPointerMoveCapture={() => (chosen.current = true)}
          >
            <div className="flex items-center gap-2 border-b px-3">
              {searching ? (
                <LoaderCircle aria-hidden className="size-4 animate-spin text-muted" />
              ) : (
                <Search aria-hidden className="size-4 text-muted" />
              )}
              <Command.Input
                value={text}
                maxLength={MAX_TEXT}
                onValueChange={(value) => {
                  chosen.current = false
                  setText(value)
                }}
                placeholder="A name, a word, an id, a page or a command"
                className="h-11 w-full bg-transparent text-sm outline-none placeholder:text-muted"
              />
              <Kbd>Esc</Kbd>
            </div>
            <p role="status" className="sr-only">
              {query && statusOf(searching, answer?.items.length, error?.message)}
            </p>
            <Command.List
              aria-busy={searching}
              className="h-[min(26rem,62dvh)] overflow-y-auto py-1"
            >
              {error && (
                <PaletteGroup heading={`The search failed: ${error.message}`}>
                  {[
                    <PaletteRow
                      key="retry"
                      value="retry"
                      Icon={RotateCw}
                      onSelect={() => (error.signIn ? go('/login') : retry())}
                    >
                      {error.signIn ? 'Sign in again' : 'Try again'}
                    </PaletteRow>,
                  ]}
                </PaletteGroup>
              )}
              {!query && (
                <PaletteGroup heading="Recent">
                  {recent.map(({ href, label }) => (
                    <PaletteRow
                      key={href}
                      value={`recent ${href}`}
                      Icon={Clock}
                      onSelect={() => go(href)}
                    >
                      <bdi>{label}</bdi>
                    </PaletteRow>
                  ))}
                </PaletteGroup>
              )}
              <PaletteGroup heading="Pages">
                {pages.map((item) => (
                  <PaletteRow
                    key={item.href}
                    value={`page ${item.href}`}
                    Icon={NAV_ICONS[item.icon]}
                    onSelect={() => go(item.href)}
                    detail={
                      item.key && (
                        <span aria-hidden className="flex gap-1">
                          <Kbd>G</Kbd>
                          <Kbd>{item.key.toUpperCase()}</Kbd>
                        </span>
                      )
                    }
                  >
                    {item.label}
                  </PaletteRow>
                ))}
              </PaletteGroup>
              <PaletteGroup heading="Commands">
                {commands.map(({ label, Icon, run }) => (
                  <PaletteRow
                    key={label}
                    value={`command ${label}`}
                    Icon={Icon}
                    onSelect={() => {
                      onClose()
                      run()
                    }}
                  >
                    {label}
                  </PaletteRow>
                ))}
              </PaletteGroup>
              {KINDS.map((kind) => (
                <PaletteGroup key={kind} heading={KIND_HEADINGS[kind]}>
                  {(answer?.items ?? []).flatMap((item, index) => {
                    if (item.kind !== kind) return []
                    const { href, Icon, title, detail } = paletteEntry(item)
                    return [
                      <PaletteRow
                        key={index}
                        value={`found ${index}`}
                        Icon={Icon}
                        detail={detail}
                        onSelect={() => go(href)}
                      >
                        {title}
                      </PaletteRow>,
                    ]
                  })}
                </PaletteGroup>
              ))}
              {answer?.hint && (
                <p className="px-3 py-1.5 text-xs text-muted">Messages: {answer.hint}</p>
              )}
              {query && (
                <PaletteGroup heading="Search in">
                  {NAV_ITEMS.filter(({ searchable }) => searchable).map((item) => (
                    <PaletteRow
                      key={item.href}
                      value={`search ${item.href}`}
                      Icon={Search}
                      onSelect={() => go(listHref(item.href, { q: query }))}
                    >
                      {item.href === '/search' ? 'Messages' : item.label}:{' '}
                      <bdi className="font-medium">{query}</bdi>
                    </PaletteRow>
                  ))}
                </PaletteGroup>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function statusOf(searching: boolean, count: number | undefined, error: string | undefined) {
  if (error) return `The search failed: ${error}`
  if (searching) return 'Searching'
  return count === 0 ? 'Nothing found' : `${count} found`
}
