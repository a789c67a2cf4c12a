import { Badge } from '@/components/ui/badge'
import { DefinitionList } from '@/components/ui/definition-list'
import { Time } from '@/components/ui/time'
import { formatBytes, formatCount } from '@/lib/format'
import type { Settings } from '@/lib/queries/read-settings'
import type { SystemState } from '@/lib/queries/read-system-state'

/** What runs, how it is limited, and whether it keeps up. */
export function SystemFacts({ settings, state }: { settings: Settings; state: SystemState }) {
  return (
    <DefinitionList
      items={[
        { term: 'Waggle', value: `version ${settings.version}` },
        {
          term: 'Database',
          value: (
            <span className="flex flex-wrap items-center gap-2">
              <Badge tone="green">reachable</Badge>
              <span>
                PostgreSQL {state.databaseVersion}, answered in{' '}
                {state.databaseMs < 1 ? 'under 1' : Math.round(state.databaseMs)} ms
              </span>
              <span className="font-mono text-xs text-muted">{settings.database}</span>
            </span>
          ),
        },
        { term: 'Projector', value: `version ${state.projectorVersion}` },
        { term: 'Events pending', value: <Pending pending={state.pending} /> },
        { term: 'Last event', value: <Time value={state.lastEventAt} /> },
        {
          term: 'Largest body',
          value: `${formatCount(settings.maxBodyBytes)} bytes (${formatBytes(settings.maxBodyBytes)})`,
        },
        { term: 'Log level', value: settings.logLevel },
        { term: 'Behind a proxy', value: settings.trustsProxy ? 'Yes, its headers count' : 'No' },
        { term: 'Files come from', value: <FileHosts settings={settings} /> },
        { term: 'Events are redelivered', value: <Redelivery settings={settings} /> },
        { term: 'Files are archived', value: <Archive archive={settings.archive} /> },
      ]}
    />
  )
}

function Pending({ pending }: { pending: SystemState['pending'] }) {
  if (pending.count === 0) return <Badge tone="green">none</Badge>
  return (
    <Badge tone="amber">
      {formatCount(pending.count)}
      {!pending.exact && ' or more'}
    </Badge>
  )
}

function Archive({ archive: { isOn, kind, place } }: Pick<Settings, 'archive'>) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Badge tone={isOn ? 'green' : 'amber'}>{isOn ? 'on' : 'off'}</Badge>
      <span>
        {kind === 'bucket' ? 'bucket' : 'directory'}{' '}
        <span className="font-mono text-xs [overflow-wrap:anywhere]">{place}</span>
      </span>
    </span>
  )
}

function Redelivery({ settings }: { settings: Settings }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      to the public internet
      {settings.redeliversToLoopback && (
        <Badge tone="red">
          and to this machine: unset REDELIVERY_ALLOW_LOOPBACK outside of tests
        </Badge>
      )}
    </span>
  )
}

function FileHosts({ settings }: { settings: Settings }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      {settings.attachmentHosts?.join(', ') ?? 'any public host'}
      {settings.fetchesFromLoopback && (
        <Badge tone="red">and from this machine: unset FETCH_ALLOW_LOOPBACK outside of tests</Badge>
      )}
    </span>
  )
}
