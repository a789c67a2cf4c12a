import { LIST_NAMES, type ListName } from '@/lib/list-view/list-view'
import { listViewParams } from '@/lib/list-view/list-view-params'
import { readListView } from '@/lib/list-view/read-list-view'
import { SavedViewError } from './saved-view-error'

const MAX_NAME_LENGTH = 80
const MAX_QUERY_LENGTH = 8_000

// Control, format and space characters: a name of nothing else could not be seen.
const VISIBLE = /[^\p{C}\p{Z}]/u

/** @throws SavedViewError when there is no such list. What comes from a browser may be anything. */
export function readListName(list: unknown): ListName {
  const found = LIST_NAMES.find((name) => name === list)
  if (!found) throw new SavedViewError('There is no such list.')
  return found
}

/**
 * A view's name without the space around it.
 *
 * @throws SavedViewError when it is empty, invisible, longer than 80 characters or no text.
 */
export function readViewName(name: unknown): string {
  const text = typeof name === 'string' ? name.normalize('NFC').trim() : ''
  if (!VISIBLE.test(text)) throw new SavedViewError('Give the view a name.')
  if (Array.from(text).length > MAX_NAME_LENGTH) {
    throw new SavedViewError(`A view’s name has at most ${MAX_NAME_LENGTH} characters.`)
  }
  if (text.includes('\u0000') || !text.isWellFormed()) {
    throw new SavedViewError('This name holds a character that is not text.')
  }
  return text
}

/**
 * What stands behind the "?" of a list's address, in its one spelling and without the view's own id.
 *
 * @throws SavedViewError when it is too long to be the rest of a link.
 * @throws InvalidAddressError when it is malformed.
 */
export function readViewQuery(query: unknown): string {
  if (typeof query !== 'string') throw new SavedViewError('There is nothing to save.')
  if (query.length > MAX_QUERY_LENGTH) {
    throw new SavedViewError('This view has too many filters and columns to be a link.')
  }
  const view = readListView(new URLSearchParams(query))
  return listViewParams({ ...view, view: undefined }).toString()
}
