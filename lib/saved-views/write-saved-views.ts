import { uuidv7 } from 'uuidv7'
import { db, Prisma } from '@/lib/db'
import { isUuid } from '@/lib/is-uuid'
import { SavedViewError } from './saved-view-error'
import { readListName, readViewName, readViewQuery } from './view-fields'

const MAX_VIEWS = 100

/** Fields as a browser sent them: nothing is known of them yet. */
type Sent = unknown

/**
 * Saves what a list's address says under a name.
 *
 * @returns the view's id.
 * @throws SavedViewError when the name is taken or no name, or the user has 100 views of this list.
 * @throws InvalidAddressError when the query is malformed.
 */
export async function createSavedView(
  userId: string,
  sent: { list: Sent; name: Sent; query: Sent },
): Promise<string> {
  const list = readListName(sent.list)
  const data = { name: readViewName(sent.name), query: readViewQuery(sent.query) }
  const id = uuidv7()
  await orTaken(
    db().$transaction(async (tx) => {
      if ((await tx.savedView.count({ where: { userId, list } })) >= MAX_VIEWS) {
        throw new SavedViewError(`A list has at most ${MAX_VIEWS} views. Delete one first.`)
      }
      await tx.savedView.create({ data: { id, list, userId, ...data } })
    }),
  )
  return id
}

/**
 * Gives a view another name, or what the address says now, or both.
 *
 * @throws SavedViewError when the view is not there or another user's, or the name is taken or no name.
 * @throws InvalidAddressError when the query is malformed.
 */
export async function updateSavedView(
  userId: string,
  id: Sent,
  sent: { name?: Sent; query?: Sent },
): Promise<void> {
  const data = {
    ...(sent.name !== undefined && { name: readViewName(sent.name) }),
    ...(sent.query !== undefined && { query: readViewQuery(sent.query) }),
  }
  const where = { id: readId(id), userId }
  const { count } = await orTaken(db().savedView.updateMany({ where, data }))
  if (count === 0) throw goneError()
}

/** @throws SavedViewError when the view is not there or another user's. */
export async function deleteSavedView(userId: string, id: Sent): Promise<void> {
  const { count } = await db().savedView.deleteMany({ where: { id: readId(id), userId } })
  if (count === 0) throw goneError()
}

/**
 * Makes a view the one that its list opens with, or not any more. One at most is so for a user and a list.
 *
 * @throws SavedViewError when the view is not there or another user's.
 */
export async function setDefaultView(userId: string, id: Sent, isDefault: boolean): Promise<void> {
  const where = { id: readId(id), userId }
  await db().$transaction(async (tx) => {
    // Whoever sets another one at the same time waits here, and then unsets this one.
    await tx.$queryRaw`SELECT 1 FROM app_user WHERE id = ${userId}::uuid FOR NO KEY UPDATE`
    const view = await tx.savedView.findFirst({ where, select: { list: true } })
    if (!view) throw goneError()
    await tx.savedView.updateMany({
      where: { userId, list: view.list, isDefault: true },
      data: { isDefault: false },
    })
    if (isDefault) await tx.savedView.updateMany({ where, data: { isDefault: true } })
  })
}

function readId(id: Sent): string {
  if (typeof id === 'string' && isUuid(id)) return id
  throw goneError()
}

function goneError(): SavedViewError {
  return new SavedViewError('This view is not there any more.')
}

async function orTaken<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
    if (taken) {
      throw new SavedViewError('Another view of this list has this name.', { cause: error })
    }
    throw error
  }
}
