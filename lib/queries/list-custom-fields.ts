import { requireUser } from '@/lib/auth/current-user'
import type { ListView } from '@/lib/list-view/list-view'
import type { PagePosition } from '@/lib/pagination'
import { CUSTOM_FIELD_LIST } from './lists/custom-field-list'
import { customFieldRows, type CustomFieldRow } from './lists/custom-field-rows'
import { readableList, readList, type ListAnswer } from './lists/read-list'

export const CUSTOM_FIELDS = readableList({
  definition: CUSTOM_FIELD_LIST,
  rowsSql: customFieldRows,
  toRow: (found: CustomFieldRow) => found,
})

/**
 * A page of the custom fields of a view; by label unless it says otherwise. Labels are cut to 200 characters.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the view or the position can't be one of this list.
 */
export async function listCustomFields(
  view: ListView,
  position: PagePosition,
  pageSize?: number,
): Promise<ListAnswer<CustomFieldRow>> {
  await requireUser()
  return readList(CUSTOM_FIELDS, view, position, pageSize)
}
