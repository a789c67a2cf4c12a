import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RecordChoice } from '@/components/partnerships/record-choice'
import { titleText } from '@/components/partnerships/visible-text'
import type { Breadcrumb } from '@/components/ui/page-header'
import { findUser } from '@/lib/auth/current-user'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import type { RecordSearch } from '@/lib/queries/find-record'
import { readRecordAddress, type RecordAddress } from '@/lib/queries/read-record-address'
import type { RecordKey } from '@/lib/queries/record-key'

/** What differs between the pages of a partnership, a contact and a custom field. */
export type RecordKind<Found> = {
  /** "partnership" */
  word: string
  breadcrumbs: Breadcrumb[]
  find: (uuid: string, companyUuid?: string) => Promise<RecordSearch<Found>>
  nameOf: (record: Found) => string | null
  hrefOf: (key: RecordKey) => string
}

/** The title of a record's page. It says nothing of the record to somebody who is not signed in. */
export async function recordTitle<Found>(
  address: RecordAddress,
  { word, find, nameOf }: RecordKind<Found>,
): Promise<Metadata> {
  const title = word.charAt(0).toUpperCase() + word.slice(1)
  const key = await readRecordAddress(address)
  if (!key || !(await findUser())) return { title }
  const found = await find(key.uuid, key.companyUuid)
  if (found.kind === 'awaited') return { title: `${title} not received yet` }
  if (found.kind !== 'found') return { title }
  return { title: titleText(nameOf(found.record), `Unnamed ${word}`) }
}

type Drawn<Found> = {
  found: (record: Found) => Promise<React.ReactNode>
  awaited: (key: RecordKey) => Promise<React.ReactNode>
}

/** The page of the record that an address names: of the one, of a choice between several, or "not found". */
export async function recordPage<Found>(
  address: RecordAddress,
  { word, breadcrumbs, find, hrefOf }: RecordKind<Found>,
  drawn: Drawn<Found>,
): Promise<React.ReactNode> {
  await requireUserOrSignIn()
  const key = await readRecordAddress(address)
  if (!key) notFound()
  const found = await find(key.uuid, key.companyUuid)
  switch (found.kind) {
    case 'unknown':
      return notFound()
    case 'choice':
      return (
        <RecordChoice
          title={`Which company’s ${word}?`}
          description={`Several companies have a ${word} with this id.`}
          breadcrumbs={breadcrumbs}
          options={found.options}
          hrefOf={hrefOf}
          unnamed="Unnamed or not received yet"
        />
      )
    case 'awaited':
      return drawn.awaited(found.key)
    case 'found':
      return drawn.found(found.record)
  }
}
