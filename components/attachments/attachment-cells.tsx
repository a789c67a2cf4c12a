import { messageHref } from '@/components/addresses'
import { CellLink } from '@/components/data-grid/cell-link'
import type { GridRow } from '@/components/data-grid/grid-column'
import { OutsideText } from '@/components/partnerships/outside-text'
import { PartnershipLink } from '@/components/partnerships/partnership-link'
import { authorName } from '@/components/rooms/author-name'
import { Time } from '@/components/ui/time'
import { formatBytes } from '@/lib/format'
import type { AttachmentRow } from '@/lib/queries/lists/attachment-rows'
import { FileIcon } from './file-icon'
import { FileLink } from './file-link'

/** The cells of a file in the list. */
export function attachmentCells(file: AttachmentRow): GridRow['cells'] {
  return {
    name: (
      <span className="flex min-w-0 items-center gap-2">
        <FileIcon mimeType={file.mimeType} fileName={file.fileName} />
        <span className="min-w-0">
          <FileLink {...file} />
        </span>
      </span>
    ),
    kind: <span className="block first-letter:uppercase">{file.kind}</span>,
    mimeType: <OutsideText text={file.mimeType} />,
    size:
      file.fileSize === null ? <span className="text-muted">—</span> : formatBytes(file.fileSize),
    partnership: <PartnershipLink {...file} inCell />,
    author: (
      <bdi className="line-clamp-1 break-all">
        {authorName({
          firstName: file.authorFirstName,
          lastName: file.authorLastName,
          email: file.authorEmail,
        })}
      </bdi>
    ),
    sent: <SentLink file={file} />,
  }
}

/** The message that a file came with; null as long as its room is not known. */
export function attachmentRowHref(file: AttachmentRow): string | null {
  if (file.roomUuid === null) return null
  const { companyUuid, roomUuid, messageUuid } = file
  return messageHref({ companyUuid, roomUuid, uuid: messageUuid })
}

function SentLink({ file }: { file: AttachmentRow }) {
  const time = <Time value={file.createdAt} />
  const href = attachmentRowHref(file)
  if (href === null) return time
  return (
    <CellLink href={href} className="text-accent underline-offset-2 hover:underline">
      <span className="sr-only">Message of </span>
      {time}
    </CellLink>
  )
}
