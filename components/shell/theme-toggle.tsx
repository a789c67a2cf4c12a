'use client'

import { useSyncExternalStore } from 'react'
import { clsx } from 'clsx'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'

export const THEMES = [
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
  { value: 'system', label: 'As the system', Icon: Monitor },
] as const

const never = () => () => {}

export function ThemeToggle() {
  const { theme, setTheme } = useTheme()
  // The server does not know the choice: it lives in the browser.
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <div role="group" aria-label="Theme" className="flex rounded-md border p-0.5">
      {THEMES.map(({ value, label, Icon }) => {
        const chosen = inBrowser && theme === value
        return (
          <button
            key={value}
            type="button"
            aria-label={`${label} theme`}
            title={`${label} theme`}
            aria-pressed={chosen}
            onClick={() => setTheme(value)}
            className={clsx(
              'flex h-6 w-7 items-center justify-center rounded',
              chosen ? 'bg-subtle text-foreground' : 'text-muted hover:text-foreground',
            )}
          >
            <Icon aria-hidden className="size-3.5" />
          </button>
        )
      })}
    </div>
  )
}
