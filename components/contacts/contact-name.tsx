import { visibleText } from '@/components/partnerships/visible-text'

type Names = { firstName: string | null; lastName: string | null; email: string | null }

/** "Ada Lovelace", else the e-mail address; null when nothing of either can be seen. */
export function contactName({ firstName, lastName, email }: Names): string | null {
  const name = [firstName, lastName].map(visibleText).filter((part) => part !== null)
  return name.length > 0 ? name.join(' ') : visibleText(email)
}

/** One line of a contact's name in a list. */
export function ContactName({ contact }: { contact: Names }) {
  const name = contactName(contact)
  if (name === null) return <span className="text-muted">Unnamed contact</span>
  return (
    <bdi title={name} className="line-clamp-1 text-left break-all">
      {name}
    </bdi>
  )
}
