import { env } from '@/lib/env'
import { syncAdministrator, type Administrator } from './sync-administrator'

const holder = globalThis as unknown as { waggleAdministrator?: Promise<Administrator> }

/**
 * The administrator as the environment names him, synced into the database once a process: hashing a
 * password at each request would be a gift to whoever wants to keep the processor busy.
 */
export function ensureAdministrator(): Promise<Administrator> {
  if (!holder.waggleAdministrator) {
    const synced = syncAdministrator(env().ADMIN_EMAIL, env().ADMIN_PASSWORD)
    holder.waggleAdministrator = synced
    // A database that was out of reach is asked again at the next call.
    synced.catch(() => {
      holder.waggleAdministrator = undefined
    })
  }
  return holder.waggleAdministrator
}
