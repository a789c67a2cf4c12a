import Link from 'next/link'
import { messageHref } from '@/components/addresses'
import { FileIcon } from '@/components/attachments/file-icon'
import { FileLink } from '@/components/attachments/file-link'
import { Time } from '@/components/ui/time'
import { formatBytes } from '@/lib/format'
import type { PartnershipFile } from '@/lib/queries/list-partnership-files'
import { Section } from './section'

/** The newest files from the partnership's rooms, each with the message that brought it. */
export function FileSection({ files }: { files: PartnershipFile[] }) {
  return (
    <Section
      title="Recent files"
      empty={files.length === 0 && 'No files in its rooms’ newest messages.'}
    >
      <ul>
        {files.map((file) => (
          <li
            key={JSON.stringify([file.messageUuid, file.uuid])}
            className="flex gap-2 border-b px-4 py-2 text-sm last:border-b-0"
          >
            <span className="mt-0.5">
              <FileIcon mimeType={file.mimeType} fileName={file.fileName} />
            </span>
            <div className="min-w-0 flex-1">
              <FileLink {...file} />
              <p className="flex justify-between gap-3 text-xs text-muted">
                <span>{file.fileSize === null ? 'Size not sent' : formatBytes(file.fileSize)}</span>
                <Link
                  href={messageHref({ ...file, uuid: file.messageUuid })}
                  prefetch={false}
                  className="underline-offset-2 hover:underline"
                >
                  <span className="sr-only">Message sent </span>
                  <Time value={file.sentAt} />
                </Link>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
