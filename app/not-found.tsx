import Link from 'next/link'
import { Button } from '@/components/ui/button'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center p-6 text-center">
      <h1 className="text-xl font-semibold">There is no such page</h1>
      <p className="mt-1 text-sm text-muted">The address leads nowhere in Waggle.</p>
      <Button asChild className="mt-4">
        <Link href="/">Overview</Link>
      </Button>
    </main>
  )
}
