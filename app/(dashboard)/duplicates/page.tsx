import { CopyCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { duplicatesHref, duplicatesOfKeyHref } from '@/components/addresses'
import { DuplicateGroups } from '@/components/duplicates/duplicate-groups'
import { UniqueFieldName } from '@/components/duplicates/unique-field-name'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { Tabs } from '@/components/ui/tabs'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { InvalidAddressError } from '@/lib/errors'
import type { PagePosition } from '@/lib/pagination'
import { listDuplicates, listDuplicatesOfKey, type Duplicates } from '@/lib/queries/list-duplicates'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam, readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import type { UniqueField, UniqueFields } from '@/lib/queries/unique-field'
import { refuseUnknown } from '@/lib/search-params'

export const metadata: Metadata = { title: 'Possible duplicates' }

// What is compared is at most the first 300 characters of a text, a few of which grow in small letters.
const MAX_KEY_LENGTH = 1_000
const KNOWN = ['company', 'from', 'group', 'after', 'before']

type Props = { searchParams: Promise<SearchParams> }

export default async function DuplicatesPage({ searchParams }: Props) {
  await requireUserOrSignIn()
  const params = await searchParams
  const group = await orRefusal(async () => {
    refuseUnknown(params, KNOWN)
    return readGroup(params)
  })
  if ('refusal' in group) return <Refused reason={group.refusal} />
  if (group.value) return <GroupPage {...group.value} />
  const shown = await orRefusal(() =>
    listDuplicates(readParam(params, 'company'), readPosition(params), readParam(params, 'from')),
  )
  if ('refusal' in shown) return <Refused reason={shown.refusal} />
  const found = shown.value
  const from = readParam(params, 'from')
  return (
    <>
      <PageHeader
        title="Possible duplicates"
        breadcrumbs={[{ label: 'Partnerships', href: '/partnerships' }]}
        description={found && <Rule field={found.field} />}
      />
      {found ? <Found found={found} from={from} /> : <NothingSaid />}
    </>
  )
}

function Refused({ reason }: { reason: string }) {
  return <RefusedAddress reason={reason} href={duplicatesHref()} linkText="Possible duplicates" />
}

type Group = { company: string; value: string; position: PagePosition }

function readGroup(params: SearchParams): Group | null {
  const value = readParam(params, 'group', MAX_KEY_LENGTH)
  if (value === undefined) return null
  const company = readParam(params, 'company')
  if (company !== undefined) return { company, value, position: readPosition(params) }
  throw new InvalidAddressError('This address names a value, but not whose.')
}

async function GroupPage({ company, value, position }: Group) {
  const shown = await orRefusal(() => listDuplicatesOfKey(company, value, position))
  if ('refusal' in shown) return <Refused reason={shown.refusal} />
  const found = shown.value
  return (
    <>
      <PageHeader
        title="Possible duplicates"
        breadcrumbs={[
          { label: 'Partnerships', href: '/partnerships' },
          { label: 'Possible duplicates', href: duplicatesHref(company) },
        ]}
        description="Partnerships that share one value."
      />
      {found ? (
        <>
          <DuplicateGroups groups={[{ ...found, members: found.page.rows }]} />
          <Pager page={found.page} />
        </>
      ) : (
        <Card>
          <EmptyState
            icon={<CopyCheck />}
            title="No two partnerships share this value"
            description="They may have changed since."
          />
        </Card>
      )}
    </>
  )
}

function Found({ found, from }: { found: Duplicates; from: string | undefined }) {
  const { companies, field, page } = found
  return (
    <>
      <Companies companies={companies} current={field.companyUuid} from={from} />
      {page === null && <NotComparable field={field} />}
      {page !== null && page.rows.length === 0 && (
        <Card>
          <EmptyState
            icon={<CopyCheck />}
            title="No two partnerships share a value"
            description="Those that do will be listed here as soon as their events come."
          />
        </Card>
      )}
      {page !== null && (
        <>
          <DuplicateGroups
            groups={page.rows}
            allHref={({ key }) => duplicatesOfKeyHref(field.companyUuid, key)}
          />
          <Pager page={page} />
        </>
      )}
    </>
  )
}

type CompaniesProps = { companies: UniqueFields; current: string; from: string | undefined }

function Companies({ companies: { fields, earlier, later }, current, from }: CompaniesProps) {
  const tabs = fields.map(({ companyUuid }) => ({
    label: companyUuid,
    href: duplicatesHref(companyUuid, from),
    current: companyUuid === current,
  }))
  const turn = (label: string, to: string) => ({
    label,
    href: duplicatesHref(current, to),
    current: false,
  })
  if (earlier !== null) tabs.unshift(turn('Earlier companies', earlier))
  if (later !== null) tabs.push(turn('Later companies', later))
  return tabs.length > 1 ? <Tabs label="Companies" tabs={tabs} /> : null
}

function Rule({ field }: { field: UniqueField }) {
  if (field.kind === 'unknown' || field.kind === 'incomparable') return null
  return (
    <>
      Partnerships with the same <UniqueFieldName field={field} />, by which the integration tells
      partners apart.
    </>
  )
}

function NotComparable({ field }: { field: UniqueField }) {
  return (
    <Card>
      <EmptyState
        icon={<CopyCheck />}
        title="Duplicates can’t be told"
        description={
          field.kind === 'incomparable' ? (
            <>
              The integration tells partners apart by <UniqueFieldName field={field} />, a field
              whose values ({field.type}) are not compared.
            </>
          ) : (
            <>
              The integration tells partners apart by <UniqueFieldName field={field} />. That names
              neither a field of a partnership nor, without doubt, one of the custom fields that
              were received.
            </>
          )
        }
      />
    </Card>
  )
}

function NothingSaid() {
  return (
    <Card>
      <EmptyState
        icon={<CopyCheck />}
        title="Not known yet how partners are told apart"
        description="JourneyBee sends it along with partner events, in the integration’s setting unique_field_partner. None has come so far."
      />
    </Card>
  )
}
