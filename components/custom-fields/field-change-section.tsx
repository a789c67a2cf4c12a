import Link from 'next/link'
import { eventHref } from '@/components/addresses'
import { Section } from '@/components/partnerships/section'
import { visibleText } from '@/components/partnerships/visible-text'
import { Time } from '@/components/ui/time'
import type { FieldChange } from '@/lib/queries/list-field-changes'
import { CustomFieldType } from './custom-field-type'

type Props = { changes: FieldChange[]; everywhere: boolean }

/** When the field got another label or another type, and which event told it first. Nothing when it never did. */
export function FieldChangeSection({ changes, everywhere }: Props) {
  if (changes.length === 0) return null
  return (
    <Section title="Changed label or type">
      <ol>
        {changes.map((change) => (
          <li key={change.eventId} className="border-b px-4 py-2 text-sm last:border-b-0">
            {change.before.label !== change.after.label && (
              <p>
                Label: <Label text={change.before.label} /> <span aria-hidden>→</span>
                <span className="sr-only"> became </span> <Label text={change.after.label} />
              </p>
            )}
            {change.before.type !== change.after.type && (
              <p>
                Type: <CustomFieldType type={change.before.type} /> <span aria-hidden>→</span>
                <span className="sr-only"> became </span>{' '}
                <CustomFieldType type={change.after.type} />
              </p>
            )}
            <p className="mt-0.5 flex gap-3 text-xs text-muted">
              <Time value={change.at} show="absolute" />
              <Link
                href={eventHref(change.eventId)}
                prefetch={false}
                className="text-accent underline-offset-2 hover:underline"
              >
                The event
              </Link>
            </p>
          </li>
        ))}
      </ol>
      {!everywhere && (
        <p className="border-t px-4 py-2 text-xs text-muted">
          Found by looking into the log at a hundred places; a change that was taken back between
          two of them is not here.
        </p>
      )}
    </Section>
  )
}

function Label({ text }: { text: string | null }) {
  return <bdi className="font-medium">{visibleText(text) ?? 'no label'}</bdi>
}
