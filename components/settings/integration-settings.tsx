import { Plug } from 'lucide-react'
import { DataTable, type Column } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Time } from '@/components/ui/time'
import type { IntegrationSettingRow } from '@/lib/queries/list-integration-settings'

// What journeybee.md (Configuration) says of them; others are shown by their ids.
const MEANINGS: Record<string, string> = {
  unique_field_partner: 'The field that tells partners apart',
}

const COLUMNS: Column<IntegrationSettingRow>[] = [
  { key: 'setting', header: 'Setting', width: '36%', cell: (row) => <Setting row={row} /> },
  {
    key: 'value',
    header: 'Value',
    cell: (row) =>
      row.value ? (
        <bdi className="line-clamp-3 font-mono text-xs">{row.value}</bdi>
      ) : (
        <span className="text-muted">—</span>
      ),
  },
  {
    key: 'company',
    header: 'Company',
    cell: (row) => <bdi className="font-mono text-xs text-muted">{row.companyUuid}</bdi>,
  },
  {
    key: 'changed',
    header: 'Received',
    align: 'end',
    width: '8rem',
    cell: (row) => <Time value={row.changedAt} />,
  },
]

/** The configuration that JourneyBee's events carry along. */
export function IntegrationSettings({ rows }: { rows: IntegrationSettingRow[] }) {
  return (
    <DataTable
      caption="The integration's configuration"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => `${row.companyUuid} ${row.sectionId} ${row.settingId}`}
      empty={
        <EmptyState
          icon={<Plug />}
          title="No configuration received yet"
          description="JourneyBee sends the integration's settings along with partner events."
        />
      }
    />
  )
}

function Setting({ row }: { row: IntegrationSettingRow }) {
  const meaning = Object.hasOwn(MEANINGS, row.settingId) ? MEANINGS[row.settingId] : undefined
  return (
    <>
      {meaning && <span className="block">{meaning}</span>}
      <bdi className="font-mono text-xs text-muted">
        {row.sectionId} / {row.settingId}
      </bdi>
    </>
  )
}
