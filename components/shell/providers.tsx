'use client'

import dynamic from 'next/dynamic'
import { ThemeProvider } from 'next-themes'

// Toasts are shown after something was done, never with the first paint.
const Toaster = dynamic(() => import('./toaster').then((module) => module.Toaster), { ssr: false })

export function Providers({ children }: { children: React.ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      {children}
      <Toaster />
    </ThemeProvider>
  )
}
