import { useId } from 'react'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'

type Props = {
  title: React.ReactNode
  /** Beside the title: how many there are. */
  note?: React.ReactNode
  /** A link to all of them. */
  action?: React.ReactNode
  /** What is said when there is nothing; the children are left out then. */
  empty?: string | false
  children: React.ReactNode
}

/** One card of a detail page, found by its heading. */
export function Section({ title, note, action, empty, children }: Props) {
  const id = useId()
  return (
    <Card aria-labelledby={id}>
      <CardHeader>
        <div className="flex items-baseline gap-2">
          <CardTitle id={id}>{title}</CardTitle>
          {note !== undefined && <span className="text-xs text-muted">{note}</span>}
        </div>
        {action}
      </CardHeader>
      <CardBody flush>
        {empty ? <p className="px-4 py-3 text-sm text-muted">{empty}</p> : children}
      </CardBody>
    </Card>
  )
}
