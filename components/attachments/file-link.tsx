import { ExternalLink } from '@/components/ui/external-link'
import { attachmentLink } from './attachment-link'
import { visibleName } from './visible-name'

type Props = { fileName: string | null; fileUrl: string | null; urlTooLong: boolean }

/** A file's name, which opens it where it lies; or the name and why it can't be opened. */
export function FileLink({ fileName, fileUrl, urlTooLong }: Props) {
  const link = attachmentLink(fileUrl, urlTooLong)
  const name = visibleName(fileName)
  if (link.state === 'open') {
    return <ExternalLink href={link.href}>{name}</ExternalLink>
  }
  return (
    <span>
      <bdi>{name}</bdi>{' '}
      <span className="text-xs text-muted">
        {link.state === 'missing'
          ? '(no link was sent)'
          : '(link refused: not a plain web address)'}
      </span>
    </span>
  )
}
