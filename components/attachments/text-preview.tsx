'use client'

import { useEffect, useState } from 'react'

type Read = { text: string; isCut: boolean } | { refusal: string }

/** The beginning of a text file, as text. */
export function TextPreview({ href, name }: { href: string; name: string }) {
  const [read, setRead] = useState<Read | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    readText(href, abort.signal).then(
      (result) => setRead(result),
      () => !abort.signal.aborted && setRead({ refusal: 'Waggle did not answer.' }),
    )
    return () => abort.abort()
  }, [href])

  if (!read) {
    return (
      <p role="status" className="text-sm text-muted">
        Loading…
      </p>
    )
  }
  if ('refusal' in read) return <p className="text-sm">{read.refusal}</p>
  return (
    <>
      <pre
        // Whoever has no mouse scrolls it.
        tabIndex={0}
        role="region"
        aria-label={`Content of ${name}`}
        dir="auto"
        className="max-h-[60dvh] overflow-auto rounded-md border bg-subtle p-3 font-mono text-xs wrap-anywhere whitespace-pre-wrap"
      >
        {read.text || '(an empty file)'}
      </pre>
      {read.isCut && <p className="mt-2 text-xs text-muted">The first 100 KB of the file.</p>}
    </>
  )
}

async function readText(href: string, signal: AbortSignal): Promise<Read> {
  const response = await fetch(href, { signal })
  const text = await response.text()
  return response.ok ? { text, isCut: response.headers.has('X-Text-Cut') } : { refusal: text }
}
