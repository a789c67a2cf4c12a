import './globals.css'
import type { Metadata, Viewport } from 'next'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import { Providers } from '@/components/shell/providers'

export const metadata: Metadata = {
  title: { default: 'Waggle', template: '%s · Waggle' },
  description: 'What JourneyBee sends, kept, browsed and replayed.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfbfa' },
    { media: '(prefers-color-scheme: dark)', color: '#111110' },
  ],
}

export default function RootLayout({ children }: { children: React.ReactNode }) {
  return (
    // next-themes sets the class before React hydrates, so the two differ on purpose.
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
