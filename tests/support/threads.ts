import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { listThread } from '@/lib/queries/list-thread'

const reader = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

type Place = { uuid: string; depth: number; parent: string | null }

/** The thread of every message that stands in a room, as its page shows it, by company, room and message. */
export async function dumpThreads(): Promise<Record<string, Place[]>> {
  const messages = await db().message.findMany({
    where: { roomUuid: { not: null } },
    select: { companyUuid: true, roomUuid: true, uuid: true },
  })
  const threads = messages.map(async ({ companyUuid, roomUuid, uuid }) => {
    const key = { companyUuid, roomUuid: roomUuid!, uuid }
    const thread = await actingAs(reader, () => listThread(key))
    const places = thread?.messages.map(({ uuid, depth, parent }) => ({
      ...{ uuid, depth },
      parent: parent?.uuid ?? null,
    }))
    return [[companyUuid, roomUuid, uuid].join(' '), places ?? []] as const
  })
  return Object.fromEntries((await Promise.all(threads)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Threads without their message, with one twice, or with a reply that does not stand below its parent. */
export function threadsOutOfJoint(threads: Record<string, Place[]>): string[] {
  return Object.entries(threads).flatMap(([key, places]) => {
    const isThere = places.some(({ uuid }) => key.endsWith(` ${uuid}`))
    const isOnce = new Set(places.map(({ uuid }) => uuid)).size === places.length
    const areBelow = places.every(({ depth, parent }, index) => {
      if (depth === 0) return index === 0
      const above = places.slice(0, index).findLast((place) => place.depth < depth)
      return above?.uuid === parent && above?.depth === depth - 1
    })
    return isThere && isOnce && areBelow ? [] : [key]
  })
}
