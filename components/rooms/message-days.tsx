import { formatDate, SERVER_TIME_ZONE } from '@/lib/format'
import type { RoomMessage } from '@/lib/queries/room-message'
import { groupMessages } from './group-messages'
import { MessageItem } from './message-item'
import type { Reveal } from './reveal-text'

type Props = {
  messages: RoomMessage[]
  room: { companyUuid: string; uuid: string }
  /** The message that the address asks for. */
  target?: string
  reveal?: Reveal
}

/** Messages in time order, by day and by author runs. */
export function MessageDays({ messages, room, target, reveal }: Props) {
  const onPage = new Set(messages.map((message) => message.uuid))
  return groupMessages(messages).map(({ day, start, runs }) => (
    <section key={day} aria-labelledby={`day-${day}`} className="pb-3">
      <h2
        id={`day-${day}`}
        className="sticky top-0 z-10 border-y bg-subtle px-4 py-1 text-xs font-medium text-muted max-md:top-12"
      >
        {formatDate(start, SERVER_TIME_ZONE)} <span className="font-normal">UTC</span>
      </h2>
      <ol className="px-1 pt-1">
        {runs.flatMap((run) =>
          run.messages.map((message, index) => (
            <li key={message.uuid}>
              <MessageItem
                message={message}
                room={room}
                isFirstOfRun={index === 0}
                isTarget={message.uuid === target}
                isParentOnPage={message.parent !== null && onPage.has(message.parent.uuid)}
                quotesParent
                reveal={reveal}
              />
            </li>
          )),
        )}
      </ol>
    </section>
  ))
}
