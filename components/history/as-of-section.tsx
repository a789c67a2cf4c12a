import { clsx } from 'clsx'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { eventHref, partnershipTabHref } from '@/components/addresses'
import { Section } from '@/components/partnerships/section'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { AsOf, ComparedLine } from '@/lib/queries/compare-partnership-as-of'
import type { RecordKey } from '@/lib/queries/record-key'
import { HistoryValue } from './history-value'
import { SubjectLabel } from './subject-label'

const LINK = 'text-accent underline-offset-2 hover:underline'

/** A partnership as it stood at an event, beside how it is now. */
export function AsOfSection({ partnership, asOf }: { partnership: RecordKey; asOf: AsOf }) {
  return (
    <Section
      title="Then and now"
      note={
        asOf.differing === 0
          ? 'nothing differs'
          : `${formatCount(asOf.differing)} ${asOf.differing === 1 ? 'field differs' : 'fields differ'}`
      }
      action={<Steps partnership={partnership} asOf={asOf} />}
    >
      <Standing asOf={asOf} />
      <table className="w-full table-fixed border-separate border-spacing-0 text-sm">
        <caption className="sr-only">The partnership as of the chosen event, and now</caption>
        <thead>
          <tr>
            {['Field', 'Then', 'Now'].map((header) => (
              <th
                key={header}
                scope="col"
                className="h-8 border-b bg-subtle px-3 text-start text-xs font-medium text-muted first:w-[28%] first:ps-4 last:pe-4"
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {asOf.lines.map((line, index) => (
            <Line key={index} companyUuid={partnership.companyUuid} line={line} />
          ))}
        </tbody>
      </table>
      {asOf.moreFields > 0 && (
        <p className="border-t px-4 py-2 text-xs text-muted">
          {formatCount(asOf.moreFields)} more custom fields are not shown.
        </p>
      )}
    </Section>
  )
}

function Line({ companyUuid, line }: { companyUuid: string; line: ComparedLine }) {
  const { subject, pair, differs } = line
  const cell = clsx('border-b px-3 py-2 align-top', differs && 'bg-accent-subtle')
  return (
    <tr className="[&:last-child>*]:border-b-0">
      <th scope="row" className={clsx(cell, 'ps-4 text-start font-normal text-muted')}>
        <SubjectLabel companyUuid={companyUuid} subject={subject} />
        {differs && <span className="block text-xs font-medium text-accent">differs</span>}
      </th>
      {pair.map((value, index) => (
        <td key={index} className={clsx(cell, index === 1 && 'pe-4')}>
          <HistoryValue value={value} />
        </td>
      ))}
    </tr>
  )
}

function Standing({ asOf: { chosen, then } }: { asOf: AsOf }) {
  const event = (
    <Link href={eventHref(chosen.id)} prefetch={false} className={`${LINK} font-mono text-xs`}>
      <bdi>{chosen.eventType}</bdi>
    </Link>
  )
  return (
    <p className="border-b px-4 py-2 text-sm text-muted">
      As of {event}, <Time value={chosen.at} show="absolute" />.{' '}
      {then === null && 'No partner event had been sent by then: there was no profile yet. '}
      {then !== null && then.id !== chosen.id && (
        <>
          That event changed nothing of the profile, which had been sent in{' '}
          <Link href={eventHref(then.id)} prefetch={false} className={LINK}>
            the version of <Time value={then.at} show="absolute" />
          </Link>
          .
        </>
      )}
    </p>
  )
}

function Steps({ partnership, asOf }: { partnership: RecordKey; asOf: AsOf }) {
  return (
    <nav aria-label="Versions one by one" className="flex gap-1">
      <Step partnership={partnership} id={asOf.earlierId}>
        <ChevronLeft aria-hidden /> Earlier
      </Step>
      <Step partnership={partnership} id={asOf.laterId}>
        Later <ChevronRight aria-hidden />
      </Step>
    </nav>
  )
}

type StepProps = { partnership: RecordKey; id: string | null; children: React.ReactNode }

function Step({ partnership, id, children }: StepProps) {
  if (id === null) {
    return (
      <Button size="sm" disabled>
        {children}
      </Button>
    )
  }
  return (
    <Button size="sm" asChild>
      <Link
        href={partnershipTabHref(partnership, 'as-of', { asOf: id })}
        scroll={false}
        prefetch={false}
      >
        {children}
      </Link>
    </Button>
  )
}
