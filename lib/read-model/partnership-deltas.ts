import { entityKey } from '@/lib/projections/change-fold'
import type { WrittenKey } from './lower-first-event-at'

/** What of a contact or a room counts for a partnership: the one that it belongs to. */
export type PartnershipPart = WrittenKey & { partnership_uuid: string | null }

/** What of a room counts for its partnership. */
export type RoomState = PartnershipPart & { message_count: number }

/** By how much a batch moves the totals of one partnership. */
export type PartnershipDelta = WrittenKey & {
  received: boolean
  contacts: number
  rooms: number
  messages: number
  /** Whether it or a room of it changed, so that its newest message or its type may be another one. */
  stirred: boolean
}

/** Adds up what a batch changes of the totals of partnerships; `updatePartnershipTotals` writes it. */
export class PartnershipDeltas {
  private readonly deltas = new Map<string, PartnershipDelta>()

  /** Notes a partnership as named, for those who count instead of moving; nothing changes by it. */
  touch(companyUuid: string, uuid: string | null): void {
    if (uuid !== null) this.deltaOf(companyUuid, uuid)
  }

  /** Every partnership that was named, changed or not. */
  touched(): WrittenKey[] {
    return [...this.deltas.values()]
  }

  /** A partnership that is there now and has changed. */
  receive(row: WrittenKey): void {
    const delta = this.deltaOf(row.company_uuid, row.uuid)
    delta.received = true
    delta.stirred = true
  }

  /** A contact before and after the batch; before is missing where the batch made it. */
  moveContact(before: PartnershipPart | undefined, after: PartnershipPart): void {
    if (before?.partnership_uuid === after.partnership_uuid) return
    for (const [contact, sign] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (!contact || contact.partnership_uuid === null) continue
      this.deltaOf(contact.company_uuid, contact.partnership_uuid).contacts += sign
    }
  }

  /** A room before and after the batch; before is missing where the batch made it. */
  moveRoom(before: RoomState | undefined, after: RoomState): void {
    for (const [room, sign] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (!room || room.partnership_uuid === null) continue
      const delta = this.deltaOf(room.company_uuid, room.partnership_uuid)
      delta.rooms += sign
      delta.messages += sign * room.message_count
      delta.stirred = true
    }
  }

  /** Those that change something. */
  result(): PartnershipDelta[] {
    return [...this.deltas.values()].filter(({ contacts, stirred }) => contacts !== 0 || stirred)
  }

  private deltaOf(companyUuid: string, uuid: string): PartnershipDelta {
    const key = entityKey({ companyUuid, uuid })
    const known = this.deltas.get(key)
    if (known) return known
    const delta = {
      company_uuid: companyUuid,
      uuid,
      received: false,
      contacts: 0,
      rooms: 0,
      messages: 0,
      stirred: false,
    }
    this.deltas.set(key, delta)
    return delta
  }
}
