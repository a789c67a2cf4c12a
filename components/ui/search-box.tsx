'use client'

import { useEffect, useLayoutEffect, useRef, useTransition } from 'react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { LoaderCircle, Search } from 'lucide-react'
import { Kbd } from './kbd'
import { isTypingTarget, singleKeysEnabled } from './single-keys'

const TYPING_PAUSE_MS = 250

type Props = {
  label: string
  placeholder?: string
  /** Goes to where the search is shown, for a list that knows how; `?q=` is written without it. */
  onSearch?: (text: string) => void
}

/** Writes what is typed to `?q=` (back to the first page of the list). "/" focuses it, Escape empties it. */
export function SearchBox({ placeholder, label, onSearch }: Props) {
  const router = useRouter()
  const pathname = usePathname()
  const params = useSearchParams()
  const [pending, startTransition] = useTransition()
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const query = params.get('q') ?? ''

  // Back and forward change the address under the input.
  useEffect(() => {
    const box = input.current
    if (box && document.activeElement !== box) box.value = query
  }, [query])

  // Before the paint: a key pressed as soon as the box is seen counts.
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== '/' || event.metaKey || event.ctrlKey || event.altKey) return
      if (!singleKeysEnabled() || isTypingTarget(event.target)) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      clearTimeout(timer.current)
    }
  }, [])

  function search(text: string) {
    clearTimeout(timer.current)
    if (text.trim() === query) return
    if (onSearch) return startTransition(() => onSearch(text.trim()))
    const next = new URLSearchParams(params)
    for (const name of ['q', 'after', 'before']) next.delete(name)
    if (text.trim()) next.set('q', text.trim())
    startTransition(() => router.replace(`${pathname}?${next}`, { scroll: false }))
  }

  return (
    // A form, so that it also searches before the page's script has loaded.
    <form
      role="search"
      action={pathname}
      className="relative w-full sm:w-72"
      onSubmit={(event) => {
        event.preventDefault()
        search(input.current?.value ?? '')
      }}
    >
      {[...params].map(([name, value], at) =>
        ['q', 'after', 'before'].includes(name) ? null : (
          <input key={at} type="hidden" name={name} value={value} />
        ),
      )}
      <Search aria-hidden className="absolute start-2.5 top-2 size-4 text-muted" />
      <input
        ref={input}
        type="search"
        name="q"
        aria-label={label}
        placeholder={placeholder}
        defaultValue={query}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        className="h-8 w-full rounded-md border bg-surface ps-8 pe-8 text-sm placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
        onChange={(event) => {
          const text = event.target.value
          clearTimeout(timer.current)
          timer.current = setTimeout(() => search(text), TYPING_PAUSE_MS)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.currentTarget.value = ''
          event.currentTarget.blur()
          search('')
        }}
      />
      <span className="absolute end-2 top-1.5 flex h-5 items-center">
        {pending ? (
          <LoaderCircle aria-hidden className="size-4 animate-spin text-muted" />
        ) : (
          <Kbd className="pointer-coarse:hidden">/</Kbd>
        )}
      </span>
      <span role="status" className="sr-only">
        {pending ? 'Searching' : ''}
      </span>
    </form>
  )
}
