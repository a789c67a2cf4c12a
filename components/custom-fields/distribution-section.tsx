import Link from 'next/link'
import { Section } from '@/components/partnerships/section'
import { BIDI_CONTROLS } from '@/components/ui/bidi-controls'
import { formatBoundedCount, formatCount } from '@/lib/format'
import { fieldColumn } from '@/lib/list-view/field-column'
import { listViewParams } from '@/lib/list-view/list-view-params'
import type { CustomField } from '@/lib/queries/find-custom-field'
import type { Distribution, DistributionBar } from '@/lib/queries/field-distribution'
import type { FieldOwner } from '@/lib/queries/list-field-values'
import { barLabel } from './bar-label'
import { LazyDistributionChart } from './lazy-distribution-chart'

type Props = { field: CustomField; owner: FieldOwner; distribution: Distribution }

const LISTS = { partnership: '/partnerships', contact: '/contacts' }

/** How a field's values are spread, as a chart and as a table; each bar leads to those who have the value. */
export function DistributionSection({ field, owner, distribution }: Props) {
  const { kind, bars, values, others, exact } = distribution
  const rows = bars.map((bar) => ({
    label: barLabel(bar),
    count: bar.count,
    href: barHref(field, owner, bar),
  }))
  const filled = owner === 'partnership' ? field.partnerships : field.contacts
  const unfit = exact ? filled - values : 0
  return (
    <Section
      title="Distribution"
      note={`${formatBoundedCount({ count: values, exact })} ${values === 1 && exact ? 'value' : 'values'}`}
      empty={rows.length === 0 && `No ${owner} has a value of this type.`}
    >
      <div className="grid md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div aria-hidden className="min-w-0 p-3">
          <LazyDistributionChart
            bars={rows.map((row) => ({ ...row, label: row.label.replace(BIDI_CONTROLS, '') }))}
            upright={kind === 'histogram'}
          />
        </div>
        <div
          className="max-h-80 overflow-y-auto border-t text-sm md:max-h-[35rem] md:border-s md:border-t-0"
          tabIndex={0}
          role="group"
          aria-label="Values and how often they occur"
        >
          <table className="w-full table-fixed">
            <caption className="sr-only">Values and how often they occur</caption>
            <colgroup>
              <col />
              <col className="w-16" />
              <col className="w-18" />
            </colgroup>
            <thead className="sr-only">
              <tr>
                <th scope="col">Value</th>
                <th scope="col">Count</th>
                <th scope="col">Share</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <BarRow key={index} {...row} values={values} />
              ))}
            </tbody>
          </table>
          {others > 0 && (
            <p className="px-4 py-2 text-xs text-muted">
              {formatCount(others)} have one of the rarer values.
            </p>
          )}
        </div>
      </div>
      {unfit > 0 && (
        <p className="border-t px-4 py-2 text-xs text-muted">
          {formatCount(unfit)} more hold something that does not fit the field’s type.
        </p>
      )}
      {!exact && (
        <p className="border-t px-4 py-2 text-xs text-muted">
          Of the first {formatCount(values)} values; there are more.
        </p>
      )}
    </Section>
  )
}

type RowProps = { label: string; count: number; href: string | null; values: number }

function BarRow({ label, count, href, values }: RowProps) {
  const text = <bdi className="line-clamp-2">{label}</bdi>
  return (
    <tr className="[&>*]:border-b [&>*]:py-1.5 last:[&>*]:border-b-0">
      <th scope="row" className="ps-4 pe-2 text-start font-normal">
        {href ? (
          <Link
            href={href}
            prefetch={false}
            className="block text-accent underline-offset-2 hover:underline"
          >
            {text}
          </Link>
        ) : (
          text
        )}
      </th>
      <td className="pe-2 text-end">{formatCount(count)}</td>
      <td className="pe-4 text-end text-muted">{share(count, values)}</td>
    </tr>
  )
}

function share(count: number, values: number): string {
  if (count === 0 || values === 0) return '0 %'
  const percent = (100 * count) / values
  return percent < 1 ? '< 1 %' : `${Math.round(percent)} %`
}

function barHref(field: CustomField, owner: FieldOwner, { filter }: DistributionBar) {
  if (!filter) return null
  const column = fieldColumn(field.companyUuid, field.uuid)
  return `${LISTS[owner]}?${listViewParams({ filters: [{ column, ...filter }] })}`
}
