'use client'

import './globals.css'

// Stands in for the root layout, so it brings its own document; the theme follows the system through inline style.
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          colorScheme: 'light dark',
          background: 'Canvas',
          color: 'CanvasText',
          fontFamily: 'system-ui, sans-serif',
        }}
      >
        <title>Error · Waggle</title>
        <main style={{ maxWidth: '28rem', margin: '20vh auto 0', padding: '1.5rem' }}>
          <h1 style={{ fontSize: '1.125rem', fontWeight: 600 }}>Waggle could not show this page</h1>
          <p style={{ margin: '0.5rem 0 1rem' }}>
            Nothing that was received is lost. The log of the server says what went wrong.
          </p>
          <button
            type="button"
            onClick={() => retry()}
            style={{ border: '1px solid', borderRadius: '0.375rem', padding: '0.375rem 0.75rem' }}
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
