import Link from 'next/link'
import { eventHref, listHref } from '@/components/addresses'
import { CopyButton } from '@/components/ui/copy-button'
import { DefinitionList } from '@/components/ui/definition-list'
import { Time } from '@/components/ui/time'
import { formatBytes, formatCount } from '@/lib/format'
import type { EventDetail } from '@/lib/queries/get-event'
import { eventSubjects } from './event-subjects'

const LINK = 'text-accent underline-offset-2 hover:underline'

/** Everything that is known of a delivery. */
export function EventFacts({ event }: { event: EventDetail }) {
  return (
    <DefinitionList
      items={[
        { term: 'Id', value: <Code text={event.id} copy="the event id" /> },
        { term: 'Received', value: <Time value={event.receivedAt} show="absolute" /> },
        { term: 'Processed', value: <Processed event={event} /> },
        { term: 'Company', value: <Code text={event.companyUuid} copy="the company's uuid" /> },
        { term: 'User', value: <Code text={event.userUuid} /> },
        ...eventSubjects(event).map(({ kind, uuid, href }) => ({
          term: kind,
          value: href ? (
            <Link href={href} prefetch={false} className={`${LINK} font-mono text-xs`}>
              <bdi>{uuid}</bdi>
            </Link>
          ) : (
            <Code text={uuid} />
          ),
        })),
        ...(event.duplicateOfId
          ? [{ term: 'Duplicate of', value: <Original event={event} /> }]
          : []),
        {
          term: 'Size',
          value: `${formatBytes(event.bodySize)} (${formatCount(event.bodySize)} bytes)`,
        },
        { term: 'Body SHA-256', value: <Code text={event.bodyHash} /> },
        { term: 'Token SHA-256', value: <Code text={event.tokenHash} /> },
        {
          term: 'Token issued',
          value: event.tokenIat && <Time value={event.tokenIat} show="absolute" />,
        },
        { term: 'Secret', value: <Code text={event.secretFingerprint} /> },
        { term: 'Projector', value: event.projectorVersion && `Version ${event.projectorVersion}` },
        { term: 'Sequence', value: <span className="font-mono text-xs">{event.seq}</span> },
      ]}
    />
  )
}

function Code({ text, copy }: { text: string; copy?: string }) {
  return (
    <span className="flex items-start gap-1">
      <bdi className="min-w-0 py-0.5 font-mono text-xs">{text}</bdi>
      {copy && (
        <span className="-my-1 shrink-0">
          <CopyButton text={text} label={copy} />
        </span>
      )}
    </span>
  )
}

function Processed({ event }: { event: EventDetail }) {
  if (!event.processedAt) return <span className="text-muted">Not yet</span>
  const delay = Math.max(0, event.processedAt.getTime() - event.receivedAt.getTime())
  return (
    <>
      <Time value={event.processedAt} show="absolute" />
      <span className="text-muted">
        {' · '}
        {event.attempts > 1 ? 'the latest attempt' : `${formatDelay(delay)} after it was received`}
      </span>
    </>
  )
}

function Original({ event }: { event: EventDetail }) {
  return (
    <Link href={eventHref(event.duplicateOfId!)} className={`${LINK} font-mono text-xs`}>
      {event.duplicateOfId}
    </Link>
  )
}

function formatDelay(ms: number): string {
  if (ms < 1_000) return `${ms} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`
  return `${formatCount(Math.floor(ms / 3_600_000))} h`
}

/** All events of the narrowest thing that the event is about. */
export function historyHref(event: EventDetail): string | null {
  const subject = event.messageUuid ?? event.contactUuid ?? event.partnershipUuid
  return subject ? listHref('/events', { q: subject }) : null
}
