import { requireUser } from '@/lib/auth/current-user'
import type { ListView } from '@/lib/list-view/list-view'
import type { PagePosition } from '@/lib/pagination'
import { CONTACT_LIST } from './lists/contact-list'
import { contactRows, toContactRow, type ContactRow } from './lists/contact-rows'
import { readableList, readList, type ListAnswer } from './lists/read-list'

export const CONTACTS = readableList({
  definition: CONTACT_LIST,
  rowsSql: contactRows,
  toRow: toContactRow,
})

/**
 * A page of the contacts of a view; by name unless it says otherwise. Texts are cut to 200 characters.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the view or the position can't be one of this list.
 */
export async function listContacts(
  view: ListView,
  position: PagePosition,
  pageSize?: number,
): Promise<ListAnswer<ContactRow>> {
  await requireUser()
  return readList(CONTACTS, view, position, pageSize)
}
