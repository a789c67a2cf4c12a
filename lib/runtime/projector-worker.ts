import os from 'node:os'
import { runArchive } from '@/lib/archive/run-archive'
import { disconnectDb } from '@/lib/db'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { runProjector } from '@/lib/projector/run-projector'
import { runReplays } from '@/lib/replay/run-replays'
import { runRedeliveries } from '@/lib/redelivery/run-redeliveries'
import { runUpkeep } from '@/lib/replay/upkeep/run-upkeep'
import { surviveClosedOutput } from './survive-closed-output'

// The process that projects, fetches files, sends events elsewhere and rebuilds or checks the read model: beside the
// one that serves, so that a large backlog delays no answer.
// It ends on the message "stop" and when its parent is gone, however that went.
surviveClosedOutput()
const stopping = new AbortController()
process.on('message', (message) => {
  if (message === 'stop') stopping.abort()
})
process.once('disconnect', () => stopping.abort())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopping.abort())
}

// What was sent must be acknowledged quickly; what is shown may come a moment later.
const LOWER_PRIORITY = 5
try {
  os.setPriority(LOWER_PRIORITY)
} catch {
  // Not every container lets a process be nice.
}

process.send?.('started')
try {
  await Promise.all([
    runProjector({ signal: stopping.signal }),
    runArchive({ signal: stopping.signal }),
    runReplays({ signal: stopping.signal }),
    runUpkeep({ signal: stopping.signal, checkHour: env().PARITY_CHECK_HOUR }),
    runRedeliveries({ signal: stopping.signal }),
  ])
} catch (error) {
  if (!stopping.signal.aborted) {
    log.error({ err: error }, 'the projector stopped')
    process.exitCode = 1
  }
}
await disconnectDb()
if (process.connected) process.disconnect()
