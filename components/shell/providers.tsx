'use client'

import { ThemeProvider } from 'next-themes'
import { LazyToaster } from './lazy-toaster'

export function Providers({ children }: { children: React.ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      {children}
      <LazyToaster />
    </ThemeProvider>
  )
}
