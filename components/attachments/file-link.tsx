import { Download } from 'lucide-react'
import { attachmentHref, type AttachmentKey } from '@/components/addresses'
import type { FileState } from '@/lib/queries/file-state'
import { attachmentLink } from './attachment-link'
import { FilePreview } from './file-preview'
import { FileStatus } from './file-status'
import { previewKind } from './preview-kind'
import { visibleName } from './visible-name'

export type FileLinkProps = AttachmentKey & {
  fileName: string | null
  mimeType: string | null
  fileUrl: string | null
  urlTooLong: boolean
  file: FileState | null
}

/**
 * A file's name, which shows or saves it, and how the archive stands with it where that is worth saying. Nothing
 * here leads to the host that keeps the file.
 */
export function FileLink(props: FileLinkProps) {
  const { companyUuid, messageUuid, uuid } = props
  const name = visibleName(props.fileName)
  const { state } = attachmentLink(props.fileUrl, props.urlTooLong)
  if (state !== 'open') {
    return (
      <span className="wrap-anywhere">
        <bdi>{name}</bdi>{' '}
        <span className="text-xs text-muted">
          {state === 'missing' ? '(no link was sent)' : '(link refused: not a plain web address)'}
        </span>
      </span>
    )
  }
  const key = { companyUuid, messageUuid, uuid }
  const kind = previewKind(props)
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      {kind ? (
        <FilePreview file={key} name={name} kind={kind} />
      ) : (
        <FileDownload file={key} name={name} />
      )}
      {props.file && <FileStatus file={key} state={props.file} name={name} />}
    </span>
  )
}

function FileDownload({ file, name }: { file: AttachmentKey; name: string }) {
  return (
    <a
      href={attachmentHref(file)}
      download
      className="line-clamp-2 min-w-0 wrap-anywhere text-accent underline-offset-2 hover:underline"
    >
      <bdi>{name}</bdi>
      <Download aria-hidden className="ms-1 inline size-3 align-baseline" />
      <span className="sr-only"> (download)</span>
    </a>
  )
}
