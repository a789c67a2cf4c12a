import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import type { ListColumn } from '@/lib/list-view/list-column'
import type { ListName, ListView, Sort } from '@/lib/list-view/list-view'
import type { SavedView } from '@/lib/queries/saved-views'
import { DataGrid } from './data-grid'
import type { GridColumn, GridRow } from './grid-column'
import { ListFrame, type KeptParams } from './list-frame'
import { ListToolbar } from './list-toolbar'
import type { SavedViewActions } from './saved-view-actions'
import { ViewsMenu } from './views-menu'

type Props = {
  list: ListName
  title: string
  /** How many rows there are, and how many of them the view shows. */
  counts: React.ReactNode
  /** What a row is called: "partnership", "partnerships". */
  one: string
  many: string
  search: { label: string; placeholder: string }
  view: ListView
  columns: ListColumn[]
  ownSort: Sort
  position: { after?: string; before?: string }
  kept?: KeptParams
  saved: { views: SavedView[]; actions: SavedViewActions }
  rows: GridRow[]
  page: { nextCursor: string | null; previousCursor: string | null }
  /** Something to say about what is shown: that it is only similar to what was searched for. */
  notice?: React.ReactNode
  /** Stands in for the table when it has no rows. */
  empty: React.ReactNode
  /** Links beside the saved views. */
  actions?: React.ReactNode
}

/** The page of a list: its table, and around it what decides what the table shows. */
export function ListPage(props: Props) {
  const { list, title, many, view, saved } = props
  const open = saved.views.find(({ id }) => id === view.view)
  return (
    <ListFrame
      list={list}
      path={`/${list}`}
      view={view}
      columns={forBrowser(props.columns, view)}
      ownSort={props.ownSort}
      position={props.position}
      kept={props.kept}
      hasDefault={saved.views.some(({ isDefault, own }) => isDefault && own)}
      savedQuery={open?.query}
    >
      <PageHeader
        title={title}
        description={<span role="status">{props.counts}</span>}
        actions={
          <>
            {props.actions}
            <ViewsMenu views={saved.views} actions={saved.actions} allLabel={`All ${many}`} />
          </>
        }
      />
      <ListToolbar searchLabel={props.search.label} placeholder={props.search.placeholder} />
      {props.rows.length > 0 && props.notice}
      {props.rows.length > 0 ? (
        <DataGrid caption={title} rows={props.rows} one={props.one} many={many} />
      ) : (
        <div className="rounded-lg border bg-surface">{props.empty}</div>
      )}
      <Pager page={props.page} label={`Pages of ${many}`} />
    </ListFrame>
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
