import type { Configuration } from '@/lib/schemas/configuration'
import { storableJson } from '@/lib/schemas/storable'
import type { IntegrationSettingRow } from './changes'
import type { EventSource } from './event-source'

/**
 * The integration's settings in an event, one row a setting. Message events typically carry none: what
 * an event does not name stays as it was. The sender's time orders them, for all families of events.
 */
export function projectConfiguration(
  configuration: Configuration,
  source: EventSource,
): IntegrationSettingRow[] {
  const settings = new Map<string, IntegrationSettingRow>()
  for (const section of configuration) {
    for (const setting of section.selected) {
      settings.set(`${section.id}\u0000${setting.id}`, {
        companyUuid: source.companyUuid,
        sectionId: section.id,
        settingId: setting.id,
        value: settingText(setting.value),
        occurredAt: source.sentAt,
        eventSeq: source.eventSeq,
      })
    }
  }
  return [...settings.values()]
}

function settingText(value: unknown): string | null {
  const storable = storableJson(value)
  if (storable === null || storable === undefined) return null
  return typeof storable === 'string' ? storable : JSON.stringify(storable)
}
