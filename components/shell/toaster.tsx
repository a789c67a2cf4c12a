'use client'

import { useEffect } from 'react'
import { useTheme } from 'next-themes'
import { toast, Toaster as Sonner } from 'sonner'
import { onNotice, takeNotices } from '@/components/ui/notify'

/** Where `notify()` shows up. */
export function Toaster() {
  const { resolvedTheme } = useTheme()

  useEffect(() => {
    function showNotices() {
      for (const { kind, message } of takeNotices()) toast[kind](message)
    }
    showNotices()
    return onNotice(showNotices)
  }, [])
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      toastOptions={{ duration: 6000 }}
      style={
        {
          '--normal-bg': 'var(--surface)',
          '--normal-text': 'var(--foreground)',
          '--normal-border': 'var(--border)',
          '--font-size': '0.8125rem',
        } as React.CSSProperties
      }
    />
  )
}
