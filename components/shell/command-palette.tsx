'use client'

import { startTransition, useState } from 'react'
import { Command } from 'cmdk'
import { Keyboard, LogOut, Search } from 'lucide-react'
import { useTheme } from 'next-themes'
import { useRouter } from 'next/navigation'
import * as Dialog from 'radix-ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { listHref } from '@/components/addresses'
import { NavIcon } from './nav-icon'
import { NAV_ITEMS } from './nav-items'
import { THEMES } from './theme-toggle'
import type { SignOut } from './user-menu'

type Props = { onClose: () => void; onKeyHelp: () => void; signOut?: SignOut }

const ITEM =
  'flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm data-[selected=true]:bg-subtle [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted'
const GROUP =
  'p-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted'

export function CommandPalette({ onClose, onKeyHelp, signOut }: Props) {
  const router = useRouter()
  const { setTheme } = useTheme()
  const [text, setText] = useState('')
  const query = text.trim()

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
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100%-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border bg-surface shadow-popover outline-none"
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Command label="Search and commands" loop>
            <div className="flex items-center gap-2 border-b px-3">
              <Search aria-hidden className="size-4 text-muted" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder="Go to a page, search a list, run a command"
                className="h-11 w-full bg-transparent text-sm outline-none placeholder:text-muted"
              />
              <Kbd>Esc</Kbd>
            </div>
            <Command.List className="max-h-[min(24rem,60dvh)] overflow-y-auto py-1">
              {query && (
                <Command.Group heading="Search" className={GROUP} forceMount>
                  {NAV_ITEMS.filter((item) => item.searchable).map((item) => (
                    <Command.Item
                      key={item.href}
                      value={`search ${item.href}`}
                      forceMount
                      className={ITEM}
                      onSelect={() => go(listHref(item.href, { q: query }))}
                    >
                      <Search aria-hidden />
                      <span className="min-w-0 truncate">
                        {item.label}: <bdi className="font-medium">{query}</bdi>
                      </span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              <Command.Group heading="Pages" className={GROUP}>
                {NAV_ITEMS.map((item) => (
                  <Command.Item
                    key={item.href}
                    value={item.label}
                    className={ITEM}
                    onSelect={() => go(item.href)}
                  >
                    <NavIcon icon={item.icon} />
                    <span className="flex-1">{item.label}</span>
                    <span aria-hidden className="flex gap-1">
                      <Kbd>G</Kbd>
                      <Kbd>{item.key.toUpperCase()}</Kbd>
                    </span>
                  </Command.Item>
                ))}
              </Command.Group>
              <Command.Group heading="Commands" className={GROUP}>
                {THEMES.map(({ value, label, Icon }) => (
                  <Command.Item
                    key={value}
                    value={`Theme: ${label}`}
                    className={ITEM}
                    onSelect={() => {
                      setTheme(value)
                      onClose()
                    }}
                  >
                    <Icon aria-hidden /> Theme: {label.toLowerCase()}
                  </Command.Item>
                ))}
                <Command.Item value="Keyboard shortcuts" className={ITEM} onSelect={onKeyHelp}>
                  <Keyboard aria-hidden /> Keyboard shortcuts
                </Command.Item>
                {signOut && (
                  <Command.Item
                    value="Sign out"
                    className={ITEM}
                    onSelect={() => {
                      onClose()
                      startTransition(signOut)
                    }}
                  >
                    <LogOut aria-hidden /> Sign out
                  </Command.Item>
                )}
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
