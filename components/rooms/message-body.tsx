import { formatBytes, formatCount } from '@/lib/format'
import type { RoomMessage } from '@/lib/queries/room-message'
import { Collapsible } from './collapsible'
import { MessageText } from './message-text'

const LONG_TEXT = 1_200
const MANY_LINES = 14

/** What was written, collapsed when it is long. A text too long for a page leads to all of it. */
export function MessageBody({ message, textHref }: { message: RoomMessage; textHref: string }) {
  const text = message.text ?? ''
  if (text.trim() === '') {
    if (message.attachmentCount > 0) return null
    return <p className="text-muted italic">No text</p>
  }
  const isLong = text.length > LONG_TEXT || text.split('\n').length > MANY_LINES
  if (!isLong) return <MessageText text={text} />
  return (
    <>
      <Collapsible>
        <MessageText text={text} />
        {message.isCut && <p className="mt-1 text-xs text-muted">The text goes on.</p>}
      </Collapsible>
      {message.isCut && (
        <p className="mt-1 text-xs text-muted">
          These are the first {formatCount(Array.from(text).length)} characters of{' '}
          {formatBytes(message.textBytes)}.{' '}
          <a
            href={textHref}
            target="_blank"
            rel="noopener"
            className="text-accent underline underline-offset-2"
          >
            Open the full text
          </a>
        </p>
      )}
    </>
  )
}
