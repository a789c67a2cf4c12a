'use client'

import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'

type Props = { error: unknown; retry: () => void }

export default function DashboardError({ error, retry }: Props) {
  // What a server error says stays on the server; its digest is in the log beside it.
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <ErrorState
      title="This page could not be loaded"
      description={
        <>
          <p>
            Nothing that was received is lost. The database may be out of reach for a moment: try
            again; if it stays like this, the log of the server says why.
          </p>
          {digest && <p className="mt-2 text-xs">Error {digest}</p>}
        </>
      }
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <Button asChild>
            <Link href="/">Overview</Link>
          </Button>
        </>
      }
    />
  )
}
