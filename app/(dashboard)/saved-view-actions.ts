'use server'

import { refresh } from 'next/cache'
import { checkOrigin } from '@/lib/auth/check-origin'
import { requireUser } from '@/lib/auth/current-user'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import {
  createSavedView,
  deleteSavedView,
  setDefaultView,
  updateSavedView,
} from '@/lib/saved-views/write-saved-views'
import type { SavedViewResult } from '@/components/data-grid/saved-view-actions'

// Whatever a browser sends reaches these: the types of the parameters are what Waggle's own pages send.

/** Saves a list's address under a name. */
export async function createView(
  list: unknown,
  name: unknown,
  query: unknown,
): Promise<SavedViewResult> {
  return change(async (userId) => ({ id: await createSavedView(userId, { list, name, query }) }))
}

/** Lets a view say what the address says now. */
export async function updateView(id: unknown, query: unknown): Promise<SavedViewResult> {
  return change((userId) => updateSavedView(userId, id, { query: query ?? '' }))
}

export async function renameView(id: unknown, name: unknown): Promise<SavedViewResult> {
  return change((userId) => updateSavedView(userId, id, { name: name ?? '' }))
}

export async function deleteView(id: unknown): Promise<SavedViewResult> {
  return change((userId) => deleteSavedView(userId, id))
}

/** Makes a view the one that its list opens with, or not any more. */
export async function setViewAsDefault(id: unknown, isDefault: unknown): Promise<SavedViewResult> {
  return change((userId) => setDefaultView(userId, id, isDefault === true))
}

async function change(
  work: (userId: string) => Promise<{ id: string } | void>,
): Promise<SavedViewResult> {
  try {
    await checkOrigin()
    const user = await requireUser()
    const made = await work(user.id)
    refresh()
    return { ok: true, ...made }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message }
    log.error({ err: (error as Error).message }, 'a saved view could not be changed')
    return { ok: false, message: 'The view was not changed: the server’s log says why.' }
  }
}
