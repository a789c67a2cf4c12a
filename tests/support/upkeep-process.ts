import { disconnectDb } from '@/lib/db'
import { runUpkeep } from '@/lib/replay/upkeep/run-upkeep'

// A process that works on rebuilds and checks, for tests that kill it.
const stopping = new AbortController()
process.once('disconnect', () => stopping.abort())
process.send?.('started')
await runUpkeep({ signal: stopping.signal, checkHour: undefined })
await disconnectDb()
