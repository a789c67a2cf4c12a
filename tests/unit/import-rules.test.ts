import { ESLint } from 'eslint'
import { expect, test } from 'vitest'

const eslint = new ESLint()

/** The rules that a file would break if it were here with this content. */
async function rulesBroken(filePath: string, content: string): Promise<string[]> {
  const [result] = await eslint.lintText(content, { filePath })
  return result!.messages
    .map((message) => message.ruleId ?? message.message)
    .filter((rule) => /boundaries|restricted/.test(rule))
}

test.each([
  ['app/made-up/page.tsx', "import { db } from '@/lib/db'"],
  ['app/made-up/page.tsx', "import { Prisma } from '@/lib/generated/prisma/client'"],
  ['components/made-up.tsx', "import { db } from '@/lib/db'"],
  ['components/made-up.tsx', "import { listEvents } from '@/lib/queries/list-events'"],
  ['lib/list-view/made-up.ts', "import { db } from '@/lib/db'"],
  ['lib/list-view/made-up.ts', "import { listEvents } from '@/lib/queries/list-events'"],
  ['lib/event-filter/made-up.ts', "import { db } from '@/lib/db'"],
  ['lib/event-filter/made-up.ts', "import { listEvents } from '@/lib/queries/list-events'"],
  ['lib/queries/made-up.ts', "import { appendEvents } from '@/lib/event-log/append-events'"],
  ['components/made-up.tsx', "import { x } from '@/lib/event-log/event-condition'"],
  ['lib/queries/made-up.ts', "import { x } from '@/lib/receiver/verify-token'"],
  ['lib/queries/made-up.ts', "import { x } from '../receiver/verify-token'"],
  ['lib/receiver/made-up.ts', "import { db } from '@/lib/db'"],
  ['lib/fetching/made-up.ts', "import { db } from '@/lib/db'"],
  ['lib/queries/made-up.ts', "import { openAddress } from '@/lib/fetching/open-address'"],
  ['components/made-up.tsx', "import { openAddress } from '@/lib/fetching/open-address'"],
  ['lib/projections/made-up.ts', "import { log } from '@/lib/log'"],
  ['lib/projections/made-up.ts', "const x = import('@/lib/db')"],
  ['lib/receiver/made-up.ts', "import layout from '@/app/layout'"],
  ['lib/runtime/made-up.ts', "import layout from '@/app/layout'"],
  ['lib/receiver/made-up.ts', "import { x } from '@/tests/support/own-database'"],
  ['lib/live/made-up.ts', "import { listRooms } from '@/lib/queries/list-rooms'"],
  ['lib/projector/made-up.ts', "import { joinLiveHub } from '@/lib/live/live-hub'"],
  ['lib/queries/made-up.ts', "import { markRoomVisited } from '@/lib/rooms/mark-room-visited'"],
])('%s may not contain %s', async (file, content) => {
  expect(await rulesBroken(file, content)).toEqual(['boundaries/dependencies'])
})

test.each([
  ['app/made-up/page.tsx', "import { listEvents } from '@/lib/queries/list-events'"],
  ['components/made-up.tsx', "import type { EventRow } from '@/lib/queries/list-events'"],
  ['components/made-up.tsx', "import { listViewParams } from '@/lib/list-view/list-view-params'"],
  ['components/made-up.tsx', "import { x } from '@/lib/event-filter/event-filter-params'"],
  ['lib/queries/made-up.ts', "import { x } from '@/lib/event-log/event-condition'"],
  ['lib/replay/made-up.ts', "import { x } from '@/lib/event-log/event-condition'"],
  ['lib/queries/made-up.ts', "import { readListView } from '@/lib/list-view/read-list-view'"],
  ['lib/projections/made-up.ts', "import type { StoredEvent } from '@/lib/event-log/stored-event'"],
  ['lib/receiver/made-up.ts', "import { appendEvents } from '@/lib/event-log/append-events'"],
  ['tests/unit/made-up.test.ts', "import { verifyToken } from '@/lib/receiver/verify-token'"],
])('%s may contain %s', async (file, content) => {
  expect(await rulesBroken(file, content)).toEqual([])
})

test('Postgres packages are imported by lib/db.ts and the runtime alone', async () => {
  const content = "import pg from 'pg'"
  expect(await rulesBroken('lib/queries/made-up.ts', content)).toEqual(['no-restricted-imports'])
  expect(await rulesBroken('lib/runtime/made-up.ts', content)).toEqual([])
})

test.each([
  'export const secret = process.env.INTEGRATION_UUID',
  "export const secret = process['env'].INTEGRATION_UUID",
  'const { env } = process',
  'const { env: settings } = process',
  'const { env: { INTEGRATION_UUID } } = process',
])('the environment is read by lib/env.ts alone: %s', async (content) => {
  expect(await rulesBroken('lib/receiver/made-up.ts', content)).toEqual(['no-restricted-syntax'])
  expect(await rulesBroken('tests/integration/made-up.test.ts', content)).toEqual([
    'no-restricted-syntax',
  ])
  expect(await rulesBroken('lib/env.ts', content)).toEqual([])
})
