import type { Transaction } from '@/lib/db'
import type { Changes } from '@/lib/projections/changes'
import { writeAuthors } from './write-authors'
import { writeContacts } from './write-contacts'
import { writeCustomFields } from './write-custom-fields'
import { writeIntegrationSettings } from './write-integration-settings'
import { writeMessages } from './write-messages'
import { writePartnerships } from './write-partnerships'

/**
 * Writes a folded batch to the read model: the only way into its tables. The tables come in one order
 * for everybody, which keeps batches from deadlocking; those whose rows many events share (definitions,
 * settings) come last, so that their locks are held for the shortest time.
 *
 * @param changes At most one row an entity (see foldChanges).
 * @throws ConcurrentWriteError, and whatever the database reports.
 */
export async function writeChanges(tx: Transaction, changes: Changes): Promise<void> {
  await writeMessages(tx, changes.rooms, changes.messages)
  await writePartnerships(tx, changes.partnerships)
  await writeContacts(tx, changes.contacts)
  await writeAuthors(tx, changes.authors)
  await writeCustomFields(tx, changes.customFields)
  await writeIntegrationSettings(tx, changes.integrationSettings)
}
