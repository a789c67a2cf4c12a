/** What grouping needs to know of a message. `author` is null when no event has named one. */
type Groupable = { createdAt: Date; author: { uuid: string } | null }

/** Messages that one author wrote in a row. */
export type AuthorRun<Message> = { messages: [Message, ...Message[]] }

/** A day in UTC, "2026-11-22", with its messages in the order given. */
export type MessageDay<Message> = { day: string; start: Date; runs: AuthorRun<Message>[] }

// After a longer pause the author and the time are worth saying again.
const LONGEST_PAUSE_MS = 15 * 60 * 1000

/** Groups messages that are in time order by UTC day, and within a day by author runs. */
export function groupMessages<Message extends Groupable>(
  messages: Message[],
): MessageDay<Message>[] {
  const days: MessageDay<Message>[] = []
  for (const message of messages) {
    const day = message.createdAt.toISOString().slice(0, 10)
    let current = days.at(-1)
    if (current?.day !== day) {
      current = { day, start: new Date(`${day}T00:00:00.000Z`), runs: [] }
      days.push(current)
    }
    const run = current.runs.at(-1)
    if (run && continues(run.messages, message)) run.messages.push(message)
    else current.runs.push({ messages: [message] })
  }
  return days
}

/** Whether a message needs its day said before it, and whether it begins a run of its author. */
export function startsOf<Message extends Groupable>(previous: Message | undefined, next: Message) {
  const day = next.createdAt.toISOString().slice(0, 10)
  const startsDay = previous?.createdAt.toISOString().slice(0, 10) !== day
  return { startsDay, startsRun: startsDay || !previous || !continues([previous], next) }
}

function continues<Message extends Groupable>(run: Message[], next: Message): boolean {
  const last = run.at(-1)
  // Two messages without an author need not be from the same one.
  if (!last?.author || last.author.uuid !== next.author?.uuid) return false
  return next.createdAt.getTime() - last.createdAt.getTime() <= LONGEST_PAUSE_MS
}
