import { disconnectDb } from '@/lib/db'
import { runReplays } from '@/lib/replay/run-replays'

// A process that works on replays until its parent stops or kills it.
const stopping = new AbortController()
process.once('disconnect', () => stopping.abort())
process.send?.('started')
await runReplays({ signal: stopping.signal })
await disconnectDb()
