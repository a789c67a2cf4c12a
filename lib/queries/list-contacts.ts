import { requireUser } from '@/lib/auth/current-user'
import type { ListView } from '@/lib/list-view/list-view'
import type { PagePosition } from '@/lib/pagination'
import { CONTACT_LIST } from './lists/contact-list'
import { contactRows, type ContactRow } from './lists/contact-rows'
import { readList, type ListAnswer, type ReadableList } from './lists/read-list'

export const CONTACTS: ReadableList<ContactRow> = {
  definition: CONTACT_LIST,
  readRows: contactRows,
}

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
