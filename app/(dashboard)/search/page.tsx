import type { Metadata } from 'next'
import Link from 'next/link'
import { SearchX } from 'lucide-react'
import { listHref } from '@/components/addresses'
import { MessageHits } from '@/components/search/message-hits'
import { SearchHelp } from '@/components/search/search-help'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchBox } from '@/components/ui/search-box'
import { Tabs } from '@/components/ui/tabs'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { formatCount } from '@/lib/format'
import type { MessageSort } from '@/lib/queries/find-messages'
import { oneOf } from '@/lib/queries/list-address'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam, readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import { searchMessages, type MessageSearch } from '@/lib/queries/search-messages'

export const metadata: Metadata = { title: 'Search messages' }

const SORTS = [
  { label: 'Best match', sort: 'best' },
  { label: 'Newest', sort: 'newest' },
] as const

export default async function SearchPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const result = await orRefusal(async () => {
    const sort = oneOf(params, 'sort', ['best', 'newest'])
    const q = readParam(params, 'q')?.trim()
    const found = q ? await searchMessages(q, sort, readPosition(params)) : null
    return { q, sort, found }
  })
  return (
    <>
      <PageHeader
        title="Search messages"
        description="In the text of all messages and the names of their files."
        actions={<SearchBox label="Search messages" placeholder="Words, from:, in:, has:file …" />}
      />
      {'refusal' in result ? (
        <EmptyState
          icon={<SearchX />}
          title="This search can’t be made"
          description={result.refusal}
          actions={
            <Button asChild>
              <Link href="/search">New search</Link>
            </Button>
          }
        />
      ) : result.value.found && result.value.q ? (
        <Results q={result.value.q} sort={result.value.sort} found={result.value.found} />
      ) : (
        <SearchHelp />
      )}
    </>
  )
}

function Results({ q, sort, found }: { q: string; sort: MessageSort; found: MessageSearch }) {
  if (found.count === 0) {
    return (
      <div className="space-y-4">
        <div className="rounded-lg border bg-surface">
          <EmptyState
            icon={<SearchX />}
            title="No message matches"
            description="Every word must be in the message or in the name of one of its files."
          />
        </div>
        <SearchHelp />
      </div>
    )
  }
  return (
    <>
      <Tabs
        label="Order of the results"
        tabs={SORTS.map((each) => ({
          label: each.label,
          href: listHref('/search', { q, sort: each.sort === 'best' ? null : each.sort }),
          current: each.sort === sort,
        }))}
      />
      <p role="status" className="mb-2 text-sm text-muted">
        {found.exact
          ? `${formatCount(found.count)} ${found.count === 1 ? 'message' : 'messages'}`
          : `More than ${formatCount(found.count)} messages match. These are the newest of them; ` +
            'another word or before: narrows the search.'}
      </p>
      <MessageHits hits={found.page.rows} />
      <Pager page={found.page} label="Pages of results" />
    </>
  )
}
