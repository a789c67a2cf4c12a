import { formatDate, SERVER_TIME_ZONE } from '@/lib/format'
import type { ThreadMessage } from '@/lib/queries/list-thread'
import { MessageItem } from './message-item'
import type { Reveal } from './reveal-text'

// Deeper replies stay at the last step, so that a phone has room for their text.
const INDENTS = ['', 'ms-4 sm:ms-8', 'ms-6 sm:ms-16', 'ms-8 sm:ms-24', 'ms-10 sm:ms-32']

type Props = {
  messages: ThreadMessage[]
  room: { companyUuid: string; uuid: string }
  target: string
  reveal?: Reveal
}

/** A thread: every message below the one that it replies to. */
export function MessageThread({ messages, room, target, reveal }: Props) {
  return (
    <ol className="px-1 py-2">
      {messages.map((message, index) => {
        const previous = messages[index - 1]
        const depth = Math.min(message.depth, INDENTS.length - 1)
        const day = dayOf(message)
        return (
          <li
            key={message.uuid}
            aria-level={message.depth + 1}
            className={`${INDENTS[depth]} ${depth > 0 ? 'border-s' : ''}`}
          >
            {(!previous || dayOf(previous) !== day) && (
              <h2 className="px-3 pt-2 text-xs text-muted">{day} UTC</h2>
            )}
            <MessageItem
              message={message}
              room={room}
              isFirstOfRun
              isTarget={message.uuid === target}
              isParentOnPage={message.depth > 0}
              quotesParent={message.parent?.uuid !== previous?.uuid || message.depth === 0}
              reveal={reveal}
            />
          </li>
        )
      })}
    </ol>
  )
}

function dayOf(message: ThreadMessage): string {
  return formatDate(message.createdAt, SERVER_TIME_ZONE)
}
