import { visibleText } from '@/components/partnerships/visible-text'
import { authorName } from '@/components/rooms/author-name'
import type { ActorNames } from '@/lib/queries/describe-events'

/** Who sent an event: by name where a message has told it, else by id. */
export function ActorName({ actor, userUuid }: { actor: ActorNames; userUuid: string }) {
  const name = actor && visibleText(authorName(actor))
  if (name) {
    return (
      <bdi title={userUuid} className="line-clamp-1 max-w-60 break-all">
        {name}
      </bdi>
    )
  }
  return (
    <bdi
      className="line-clamp-1 max-w-60 font-mono break-all"
      title="No message has told this user’s name."
    >
      {userUuid}
    </bdi>
  )
}
