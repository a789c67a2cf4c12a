'use client'

import { useState, useTransition, type RefObject } from 'react'
import { Check, Copy, Pencil, Plus, RefreshCw, Star, StarOff, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { copyText } from '@/components/ui/copy-text'
import { Popover } from '@/components/ui/popover'
import { notify } from '@/components/ui/notify'
import type { SavedView } from '@/lib/queries/saved-views'
import { queryOf, useListFrame } from './list-frame'
import type { SavedViewActions, SavedViewResult } from './saved-view-actions'
import { ViewNameForm } from './view-name-form'

const ITEM =
  'flex h-8 w-full min-w-0 items-center gap-2 rounded-md px-2 text-start -outline-offset-2 hover:bg-subtle disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted'

type Props = {
  anchor: RefObject<HTMLElement | null>
  views: SavedView[]
  current: SavedView | undefined
  edited: boolean
  actions: SavedViewActions
  allLabel: string
  onClose: () => void
}

/** The saved views of a list, and what can be done with the one that is open. */
export function ViewsPanel(props: Props) {
  const { anchor, views, current, edited, actions, allLabel, onClose } = props
  const { list, view, hrefOf, show } = useListFrame()
  const path = usePathname()
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const [deleting, setDeleting] = useState(false)
  const [pending, startTransition] = useTransition()
  const query = queryOf(view)

  function run(work: () => Promise<SavedViewResult>, done: string, then?: (id?: string) => void) {
    startTransition(async () => {
      const result = await work().catch(() => ({
        ok: false as const,
        message:
          'Waggle did not answer. Whether the view was changed shows when the page is loaded anew.',
      }))
      if (!result.ok) return void notify('error', result.message)
      notify('success', done)
      onClose()
      then?.(result.id)
    })
  }

  async function copyLink() {
    const href = current && !edited ? `${path}?view=${current.id}` : hrefOf(view)
    const link = new URL(href, location.href)
    try {
      await copyText(link.href)
      notify('success', 'Link copied.')
      onClose()
    } catch {
      notify('error', 'The browser did not copy.')
    }
  }

  if (naming) {
    const renamed = naming === 'rename' ? current : undefined
    return (
      <Popover
        anchor={anchor}
        label={renamed ? 'Rename the view' : 'Save as a view'}
        onClose={onClose}
      >
        <ViewNameForm
          name={renamed?.name ?? ''}
          pending={pending}
          onCancel={() => setNaming(null)}
          onSubmit={(name) =>
            renamed
              ? run(() => actions.rename(renamed.id, name), 'View renamed.')
              : run(
                  () => actions.create(list, name, query),
                  'View saved.',
                  (id) => show({ ...view, view: id }, { replace: true }),
                )
          }
        />
      </Popover>
    )
  }

  return (
    <Popover anchor={anchor} label="Views" onClose={onClose}>
      <ul aria-label="Views" className="min-h-0 flex-1 overflow-y-auto p-1">
        <li>
          <ViewLink href={`${path}?view=all`} open={!current} onClick={onClose}>
            <span className="min-w-0 flex-1 truncate">{allLabel}</span>
          </ViewLink>
        </li>
        {views.map((each) => (
          <li key={each.id}>
            <ViewLink
              href={
                each.query ? `${path}?view=${each.id}&${each.query}` : `${path}?view=${each.id}`
              }
              open={each.id === current?.id}
              onClick={onClose}
            >
              <bdi className="min-w-0 flex-1 truncate" title={each.name}>
                {each.name}
              </bdi>
              {each.isDefault && each.own && (
                <span className="shrink-0 text-xs text-muted">Default</span>
              )}
            </ViewLink>
          </li>
        ))}
      </ul>
      <div className="shrink-0 border-t p-1">
        {current?.own && edited && (
          <button
            type="button"
            className={ITEM}
            disabled={pending}
            onClick={() => run(() => actions.update(current.id, query), 'View updated.')}
          >
            <RefreshCw aria-hidden /> Update this view
          </button>
        )}
        <button type="button" className={ITEM} onClick={() => setNaming('new')}>
          <Plus aria-hidden /> Save as a new view…
        </button>
        <button type="button" className={ITEM} onClick={copyLink}>
          <Copy aria-hidden /> Copy the link
        </button>
        {current?.own && (
          <>
            <button type="button" className={ITEM} onClick={() => setNaming('rename')}>
              <Pencil aria-hidden /> Rename…
            </button>
            <button
              type="button"
              className={ITEM}
              disabled={pending}
              onClick={() =>
                run(
                  () => actions.setDefault(current.id, !current.isDefault),
                  current.isDefault
                    ? 'The list opens with everything again.'
                    : 'The list opens with this view.',
                )
              }
            >
              {current.isDefault ? <StarOff aria-hidden /> : <Star aria-hidden />}
              {current.isDefault ? 'Open the list without a view' : 'Open the list with this view'}
            </button>
            <DeleteItem
              asked={deleting}
              pending={pending}
              onAsk={setDeleting}
              onDelete={() =>
                run(
                  () => actions.remove(current.id),
                  'View deleted.',
                  () => show({ ...view, view: undefined }, { replace: true }),
                )
              }
            />
          </>
        )}
      </div>
    </Popover>
  )
}

type LinkProps = { href: string; open: boolean; onClick: () => void; children: React.ReactNode }

function ViewLink({ href, open, onClick, children }: LinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      className={ITEM}
      aria-current={open ? 'true' : undefined}
      onClick={onClick}
    >
      {children}
      {open && <Check aria-hidden />}
    </Link>
  )
}

type DeleteProps = {
  asked: boolean
  pending: boolean
  onAsk: (asked: boolean) => void
  onDelete: () => void
}

function DeleteItem({ asked, pending, onAsk, onDelete }: DeleteProps) {
  if (!asked) {
    return (
      <button type="button" className={ITEM} onClick={() => onAsk(true)}>
        <Trash2 aria-hidden /> Delete…
      </button>
    )
  }
  return (
    <div role="group" aria-label="Delete this view?" className="flex items-center gap-2 px-2 py-1">
      <span className="flex-1">Delete this view?</span>
      <Button size="sm" autoFocus onClick={() => onAsk(false)}>
        Keep
      </Button>
      <Button size="sm" variant="danger" disabled={pending} onClick={onDelete}>
        Delete
      </Button>
    </div>
  )
}
