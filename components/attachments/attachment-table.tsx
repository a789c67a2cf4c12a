import Link from 'next/link'
import { messageHref, partnershipHref } from '@/components/addresses'
import { authorName } from '@/components/rooms/author-name'
import { RelatedPartnership } from '@/components/rooms/related-partnership'
import { DataTable, type Column } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { formatBytes } from '@/lib/format'
import type { AttachmentRow } from '@/lib/queries/lists/attachment-rows'
import { FileIcon } from './file-icon'
import { FileLink } from './file-link'

const COLUMNS: Column<AttachmentRow>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: (file) => (
      <span className="flex items-center gap-2">
        <FileIcon mimeType={file.mimeType} fileName={file.fileName} />
        <span className="line-clamp-2 min-w-0">
          <FileLink {...file} />
        </span>
      </span>
    ),
  },
  {
    key: 'size',
    header: 'Size',
    align: 'end',
    width: '6rem',
    cell: (file) => (
      <span className="whitespace-nowrap">
        {file.fileSize === null ? '—' : formatBytes(file.fileSize)}
      </span>
    ),
  },
  {
    key: 'partnership',
    header: 'Partnership',
    width: '22%',
    cell: (file) => <PartnershipLink file={file} />,
  },
  {
    key: 'author',
    header: 'Sent by',
    width: '16%',
    cell: (file) => (
      <bdi className="line-clamp-1">
        {authorName({
          firstName: file.authorFirstName,
          lastName: file.authorLastName,
          email: file.authorEmail,
        })}
      </bdi>
    ),
  },
  {
    key: 'message',
    header: 'Sent',
    width: '9rem',
    align: 'end',
    sorted: 'descending',
    cell: (file) => <SentLink file={file} />,
  },
]

/** The library of files, drawn as a table. */
export function AttachmentTable({ files }: { files: AttachmentRow[] }) {
  return (
    <DataTable
      columns={COLUMNS}
      rows={files}
      rowKey={(file) => JSON.stringify([file.companyUuid, file.messageUuid, file.uuid])}
      caption="Attachments"
      minWidth="46rem"
    />
  )
}

function PartnershipLink({ file }: { file: AttachmentRow }) {
  const name = <RelatedPartnership {...file} />
  if (file.partnershipUuid === null) return name
  return (
    <Link
      href={partnershipHref({ companyUuid: file.companyUuid, uuid: file.partnershipUuid })}
      prefetch={false}
      className="line-clamp-1 underline-offset-2 hover:underline"
    >
      {name}
    </Link>
  )
}

function SentLink({ file }: { file: AttachmentRow }) {
  const time = <Time value={file.createdAt} />
  if (file.roomUuid === null) return time
  return (
    <Link
      href={messageHref({
        companyUuid: file.companyUuid,
        roomUuid: file.roomUuid,
        uuid: file.messageUuid,
      })}
      prefetch={false}
      className="text-accent underline-offset-2 hover:underline"
    >
      <span className="sr-only">Message of </span>
      {time}
    </Link>
  )
}
