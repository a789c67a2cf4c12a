import Link from 'next/link'
import { boundedCount } from '@/components/partnerships/bounded-count'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import type { ListColumn } from '@/lib/list-view/list-column'
import type { ListName, ListView, Sort } from '@/lib/list-view/list-view'
import type { BoundedCount } from '@/lib/queries/count-up-to'
import type { SavedView } from '@/lib/queries/saved-views'
import { CorrectionNotice } from './correction-notice'
import type { GridColumn } from './grid-column'
import { ListFrame } from './list-frame'
import { ListToolbar } from './list-toolbar'
import type { SavedViewActions } from './saved-view-actions'
import { ViewsMenu } from './views-menu'

type Answer = {
  page: { nextCursor: string | null; previousCursor: string | null }
  total: BoundedCount
  /** Null when nothing is asked for. */
  matches: BoundedCount | null
  columns: ListColumn[]
  searchedInstead: string[][] | null
}

type Props = {
  list: ListName
  title: string
  /** What a row is called: "partnership", "partnerships". */
  one: string
  many: string
  /** When the first row will come. */
  none: string
  icon: React.ReactNode
  search: { label: string; placeholder: string }
  ownSort: Sort
  opened: {
    view: ListView
    position: { after?: string; before?: string }
    answer: Answer
    views: SavedView[]
  }
  viewActions: SavedViewActions
  /** The table of the rows; null where there is none. */
  grid: React.ReactNode
  /** Links beside the saved views. */
  actions?: React.ReactNode
}

/** The page of a list: its table, and around it what decides what the table shows. */
export function ListPage(props: Props) {
  const { list, title, one, many, search, opened, grid } = props
  const { view, position, answer, views } = opened
  const { page, searchedInstead } = answer
  return (
    <ListFrame
      list={list}
      words={{ title, one, many }}
      path={`/${list}`}
      view={view}
      columns={forBrowser(answer.columns, view)}
      ownSort={props.ownSort}
      position={position}
      hasDefault={views.some(({ isDefault, own }) => isDefault && own)}
      savedQuery={views.find(({ id }) => id === view.view)?.query}
    >
      <PageHeader
        title={title}
        description={<Counts answer={answer} one={one} many={many} />}
        actions={
          <>
            {props.actions}
            <ViewsMenu views={views} actions={props.viewActions} allLabel={`All ${many}`} />
          </>
        }
      />
      <ListToolbar searchLabel={search.label} placeholder={search.placeholder} />
      {grid ? (
        <>
          {searchedInstead && <CorrectionNotice query={view.q} words={searchedInstead} />}
          {grid}
        </>
      ) : (
        <div className="rounded-lg border bg-surface">
          <NoRows {...props} />
        </div>
      )}
      <Pager page={page} label={`Pages of ${many}`} />
    </ListFrame>
  )
}

type CountsProps = { answer: Answer; one: string; many: string }

function Counts({ answer: { total, matches }, one, many }: CountsProps) {
  const all = boundedCount(total, one, many)
  return (
    <span role="status">
      {matches ? `${boundedCount(matches, 'match', 'matches')} in ${all}` : all}
    </span>
  )
}

/** Why a list shows no row: there is none yet, none fits, or the page has emptied since. */
function NoRows({ list, one, many, none, icon, opened: { answer } }: Props) {
  const { total, matches } = answer
  if (total.count === 0) {
    return <EmptyState icon={icon} title={`No ${many} yet`} description={none} />
  }
  const all = (
    <Button asChild>
      <Link href={`/${list}?view=all`}>All {many}</Link>
    </Button>
  )
  if (matches?.count === 0) {
    return (
      <EmptyState
        icon={icon}
        title={`No ${one} fits`}
        description="Take a filter away, or search for less: every word that is searched for must occur."
        actions={all}
      />
    )
  }
  return (
    <EmptyState
      icon={icon}
      title="Nothing on this page any more"
      description={`The ${many} that were here have changed since.`}
      actions={all}
    />
  )
}

// A field may have hundreds of options: the editor of a filter asks for them when it is opened.
function forBrowser(columns: ListColumn[], { filters }: ListView): GridColumn[] {
  const named = new Set(filters.flatMap(({ values }) => values))
  return columns.map(({ options, ...column }) => {
    const spoken = options?.filter(({ value }) => named.has(value))
    return spoken && spoken.length > 0 ? { ...column, options: spoken } : column
  })
}
