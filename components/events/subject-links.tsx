import Link from 'next/link'
import { eventSubjects, type Subject } from './event-subjects'

const LINK = 'text-muted underline-offset-2 hover:text-foreground hover:underline'

type Props = { event: Parameters<typeof eventSubjects>[0]; narrowestOnly?: boolean }

/** In a table: the narrowest subject by its id, the wider ones by what they are. */
export function SubjectLinks({ event, narrowestOnly = false }: Props) {
  const [first, ...wider] = eventSubjects(event)
  if (!first) return <span className="text-muted">—</span>
  return (
    <span className="flex min-w-0 items-center gap-2">
      <SubjectLink subject={first} className="max-w-44 min-w-0 truncate font-mono text-xs">
        <bdi>{first.uuid}</bdi>
      </SubjectLink>
      {(narrowestOnly ? [] : wider).map((subject) => (
        <SubjectLink
          key={subject.kind}
          subject={subject}
          className="text-xs whitespace-nowrap max-lg:hidden"
        >
          {subject.kind}
        </SubjectLink>
      ))}
    </span>
  )
}

function SubjectLink(props: { subject: Subject; className: string; children: React.ReactNode }) {
  const { kind, uuid, href } = props.subject
  const name = `${kind} ${uuid}`
  if (!href) {
    return (
      <span className={`${props.className} text-muted`} title={name}>
        {props.children}
      </span>
    )
  }
  return (
    <Link
      href={href}
      prefetch={false}
      title={name}
      aria-label={name}
      className={`${LINK} ${props.className}`}
    >
      {props.children}
    </Link>
  )
}
