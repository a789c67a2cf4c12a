import type { Transaction } from '@/lib/db'
import type { Changes } from '@/lib/projections/changes'
import { PartnershipDeltas } from './partnership-deltas'
import { updatePartnershipTotals } from './update-partnership-totals'
import { writeAuthors } from './write-authors'
import { writeContacts } from './write-contacts'
import { writeCustomFields } from './write-custom-fields'
import { writeIntegrationSettings } from './write-integration-settings'
import { writeMessages } from './write-messages'
import { writePartnerships } from './write-partnerships'

/**
 * Writes a folded batch to the read model: the only way into its tables. The tables come in one order
 * for everybody, which keeps batches from deadlocking; the more events share a row (rooms, authors,
 * definitions, settings), the later it is locked, so that batches wait for each other as little as may be.
 *
 * @param changes At most one row an entity (see ChangeFold).
 * @throws ConcurrentWriteError, and whatever the database reports.
 */
export async function writeChanges(tx: Transaction, changes: Changes): Promise<void> {
  const deltas = new PartnershipDeltas()
  await writePartnerships(tx, changes.partnerships, deltas)
  await writeContacts(tx, changes.contacts, deltas)
  await writeMessages(tx, changes.rooms, changes.messages, deltas)
  await updatePartnershipTotals(tx, deltas.result())
  await writeAuthors(tx, changes.authors)
  await writeCustomFields(tx, changes.customFields)
  await writeIntegrationSettings(tx, changes.integrationSettings)
}
