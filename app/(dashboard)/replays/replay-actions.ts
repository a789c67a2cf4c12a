'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { RunActionResult } from '@/components/replays/run-action'
import { checkOrigin } from '@/lib/auth/check-origin'
import { requireUser } from '@/lib/auth/current-user'
import { AppError } from '@/lib/errors'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { readEventQuery } from '@/lib/event-filter/read-event-filter'
import { log } from '@/lib/log'
import { controlRun, type RunCommand } from '@/lib/replay/control-run'
import { createRun, retryFailed, runForetold } from '@/lib/replay/create-run'
import { repairDifferences } from '@/lib/replay/upkeep/repair-differences'

const COMMANDS: readonly RunCommand[] = ['pause', 'resume', 'cancel']

/** Begins a dry run over everything that passes the filter in a query, and leads to it. */
export async function startDryRunAction(query: string): Promise<RunActionResult> {
  return leadingTo((email) =>
    createRun('dry_run', fixTimes(readEventQuery(query), new Date()), email),
  )
}

/** Begins the replay that a dry run has foretold, and leads to it. */
export async function runForetoldAction(dryRunId: string): Promise<RunActionResult> {
  return leadingTo((email) => runForetold(dryRunId, email))
}

/** Begins a replay of just the events that failed in a run, and leads to it. */
export async function retryFailedAction(runId: string): Promise<RunActionResult> {
  return leadingTo((email) => retryFailed(runId, email))
}

/** Begins a dry run of what would put right the rows that a check found to differ, and leads to it. */
export async function dryRunRepairAction(checkId: string): Promise<RunActionResult> {
  return leadingTo((email) => repairDifferences(checkId, 'dry_run', email))
}

/** Begins the replay that puts right the rows that a check found to differ, and leads to it. */
export async function repairAction(checkId: string): Promise<RunActionResult> {
  return leadingTo((email) => repairDifferences(checkId, 'replay', email))
}

/** Pauses, resumes or cancels a run. */
export async function controlRunAction(id: string, command: RunCommand): Promise<RunActionResult> {
  const refused = await refusalOf(async () => {
    // What a browser sends may be anything.
    if (!COMMANDS.includes(command)) throw new AppError('bad_order', 'There is no such order.')
    await controlRun(id, command)
  })
  if (!refused) refresh()
  return refused
}

async function leadingTo(begin: (email: string) => Promise<string>): Promise<RunActionResult> {
  let id: string | undefined
  const refused = await refusalOf(async (email) => {
    id = await begin(email)
  })
  if (id === undefined) return refused
  redirect(`/replays/${id}`)
}

async function refusalOf(work: (email: string) => Promise<void>): Promise<RunActionResult> {
  try {
    await checkOrigin()
    await work((await requireUser()).email)
  } catch (error) {
    if (error instanceof AppError) return { message: error.message }
    log.error({ err: (error as Error).message }, 'a replay could not be begun or changed')
    return { message: 'Nothing was done: the server’s log says why.' }
  }
}
