import { Download } from 'lucide-react'
import { eventHref } from '@/components/addresses'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Tabs } from '@/components/ui/tabs'
import { formatBytes } from '@/lib/format'
import type { EventDetail } from '@/lib/queries/get-event'
import { indentJson } from './indent-json'
import { JsonText } from './json-text'
import { RevealBody } from './reveal-body'

export type BodyView = 'pretty' | 'raw'

// Of one endless line a browser lays out every character.
const MAX_RAW_CHARACTERS = 100_000

type Props = {
  event: EventDetail
  view: BodyView
  /** Of the list that one came from: it stays in the address. */
  query?: string
  /** Given to those who may read what was deleted. */
  reveal?: RevealBody
}

/** The body, laid out or exactly as stored; of a deleted message without what it said. */
export function EventBody({ event, view, query, reveal }: Props) {
  if (event.textWithheld) return <WithheldBody event={event} reveal={reveal} />
  const indented = event.bodyIsWhole && view === 'pretty' ? indentJson(event.bodyStart) : null
  const raw = event.bodyStart.slice(0, MAX_RAW_CHARACTERS)
  const isCut = indented === null && (!event.bodyIsWhole || raw.length < event.bodyStart.length)
  const shown = indented ?? raw
  const href = eventHref(event.id)
  return (
    <Card>
      <CardHeader>
        <CardTitle>Body</CardTitle>
        <div className="flex flex-wrap items-center gap-2">
          {!isCut && <CopyButton text={shown} label="the body" withText />}
          <Button size="sm" asChild>
            <a href={`${href}/body`} download>
              <Download aria-hidden /> Download {formatBytes(event.bodySize)}
            </a>
          </Button>
        </div>
      </CardHeader>
      <div className="px-4 pt-1 [&>nav]:mb-0">
        <Tabs
          label="How the body is shown"
          tabs={[
            {
              label: 'Pretty',
              href: query ? `${href}?${query}` : href,
              current: view === 'pretty',
            },
            {
              label: 'Raw',
              href: `${href}?${query ? `${query}&` : ''}body=raw`,
              current: view === 'raw',
            },
          ]}
        />
      </div>
      <CardBody flush>
        {view === 'pretty' && indented === null && (
          <p className="border-b bg-warning-subtle px-4 py-2 text-xs text-warning">
            Too deep or too long to be laid out; shown as it is stored.
          </p>
        )}
        {isCut && (
          <p className="border-b bg-warning-subtle px-4 py-2 text-xs text-warning">
            Only the beginning is shown. The download has all of it.
          </p>
        )}
        <Code label={view === 'pretty' ? 'Body, laid out' : 'Body, as stored'}>
          {indented === null ? shown : <JsonText text={shown} />}
        </Code>
      </CardBody>
    </Card>
  )
}

function WithheldBody({ event, reveal }: Pick<Props, 'event' | 'reveal'>) {
  const indented = indentJson(event.bodyStart)
  return (
    <Card>
      <CardHeader>
        <CardTitle>Body</CardTitle>
      </CardHeader>
      <CardBody flush>
        <p className="border-b bg-warning-subtle px-4 py-2 text-xs text-warning">
          The message was deleted: what it said is not shown here. An administrator may reveal it,
          which is recorded.
        </p>
        {reveal && <RevealBody reveal={reveal} />}
        {indented && (
          <Code label="Body without its text">
            <JsonText text={indented} />
          </Code>
        )}
      </CardBody>
    </Card>
  )
}

function Code({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <pre
      tabIndex={0}
      role="group"
      aria-label={label}
      dir="ltr"
      className="max-h-[36rem] overflow-auto p-4 font-mono text-xs leading-5 whitespace-pre-wrap"
    >
      <code>{children}</code>
    </pre>
  )
}
