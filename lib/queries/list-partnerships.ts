import { requireUser } from '@/lib/auth/current-user'
import type { ListView } from '@/lib/list-view/list-view'
import type { PagePosition } from '@/lib/pagination'
import { PARTNERSHIP_LIST } from './lists/partnership-list'
import { partnershipRows, type PartnershipRow } from './lists/partnership-rows'
import { readableList, readList, type ListAnswer } from './lists/read-list'

export type { PartnershipRow }

export const PARTNERSHIPS = readableList({
  definition: PARTNERSHIP_LIST,
  rowsSql: partnershipRows,
  toRow: (found: PartnershipRow) => found,
})

/**
 * A page of the partnerships of a view; by name unless it says otherwise. Texts are cut to 200 characters.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the view or the position can't be one of this list.
 */
export async function listPartnerships(
  view: ListView,
  position: PagePosition,
  pageSize?: number,
): Promise<ListAnswer<PartnershipRow>> {
  await requireUser()
  return readList(PARTNERSHIPS, view, position, pageSize)
}
