import { requireUser } from '@/lib/auth/current-user'
import type { ListView } from '@/lib/list-view/list-view'
import type { PagePosition } from '@/lib/pagination'
import { ATTACHMENT_LIST } from './lists/attachment-list'
import { attachmentRows, toAttachmentRow, type AttachmentRow } from './lists/attachment-rows'
import { readableList, readList, type ListAnswer } from './lists/read-list'

export const ATTACHMENTS = readableList({
  definition: ATTACHMENT_LIST,
  rowsSql: attachmentRows,
  toRow: toAttachmentRow,
})

/**
 * A page of the attachments of a view, the newest first unless it says otherwise; those of deleted messages
 * are left out. Texts are cut to 200 characters.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the view or the position can't be one of this list.
 */
export async function listAttachments(
  view: ListView,
  position: PagePosition,
  pageSize?: number,
): Promise<ListAnswer<AttachmentRow>> {
  await requireUser()
  return readList(ATTACHMENTS, view, position, pageSize)
}
