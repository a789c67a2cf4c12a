import type { Transaction } from '@/lib/db'
import type { Changes } from '@/lib/projections/changes'
import { WHOLE_TABLES } from './count-sources'
import { FieldCounts } from './field-counts'
import { PartnershipDeltas } from './partnership-deltas'
import { recountPartnerships } from './recount-partnerships'
import { updatePartnershipTotals } from './update-partnership-totals'
import { writeAuthors } from './write-authors'
import { writeContacts } from './write-contacts'
import { writeCustomFields } from './write-custom-fields'
import { writeIntegrationSettings } from './write-integration-settings'
import { writeMessages } from './write-messages'
import type { WriteOptions } from './write-options'
import { writePartnerships } from './write-partnerships'

const ARRIVAL: WriteOptions = { thorough: false, sources: WHOLE_TABLES }

/**
 * Writes a folded batch to the read model: the only way into its tables. The tables come in one order
 * for everybody, which keeps batches from deadlocking; the more events share a row (rooms, authors,
 * definitions, settings), the later it is locked, so that batches wait for each other as little as may be.
 *
 * @param changes At most one row an entity (see ChangeFold).
 * @returns The sequence numbers of the events that changed a row: those that lost, and those whose rows stand
 * there already, are not among them. A thorough write counts the values and attachments of a row as part of it.
 * @throws ConcurrentWriteError, and whatever the database reports.
 */
export async function writeChanges(
  tx: Transaction,
  changes: Changes,
  options: WriteOptions = ARRIVAL,
): Promise<Set<bigint>> {
  const deltas = new PartnershipDeltas()
  const counts = new FieldCounts()
  const changed = [
    ...(await writePartnerships(tx, changes.partnerships, deltas, counts, options)),
    ...(await writeContacts(tx, changes.contacts, deltas, counts, options)),
    ...(await writeMessages(tx, changes.rooms, changes.messages, deltas, options)),
  ]
  const { thorough, noteForCounting } = options
  await noteForCounting?.(tx, 'partnership_total', deltas.touched())
  if (thorough && !noteForCounting) await recountPartnerships(tx, deltas.touched(), options.sources)
  else await updatePartnershipTotals(tx, deltas.result())
  changed.push(...(await writeAuthors(tx, changes.authors)))
  changed.push(...(await writeCustomFields(tx, changes.customFields, counts, options)))
  changed.push(...(await writeIntegrationSettings(tx, changes.integrationSettings)))
  return new Set(changed)
}
