import { hash, verify } from '@node-rs/argon2'
import { uuidv7 } from 'uuidv7'
import { db } from '@/lib/db'

export type Administrator = { id: string; email: string; passwordHash: string }

/**
 * Makes the database's one user the administrator of the environment. When the password or the e-mail
 * has changed there, all sessions end: whoever knew the old one is out.
 *
 * The password is hashed with argon2id and the library's parameters (19 MiB, 2 passes), which are those
 * of OWASP's Password Storage Cheat Sheet.
 */
export async function syncAdministrator(email: string, password: string): Promise<Administrator> {
  const select = { id: true, email: true, passwordHash: true }
  const known = await db().appUser.findUnique({ where: { email }, select })
  if (known && (await verify(known.passwordHash, password))) return known

  const passwordHash = await hash(password)
  return db().$transaction(async (tx) => {
    // Somebody who has another address now keeps what is theirs: saved views, and what they have read.
    const renamed = await tx.appUser.findFirst({ where: { email: { not: email } } })
    if (!known && renamed) await tx.appUser.update({ where: { id: renamed.id }, data: { email } })
    await tx.appUser.deleteMany({ where: { email: { not: email } } })
    const administrator = await tx.appUser.upsert({
      where: { email },
      create: { id: uuidv7(), email, passwordHash },
      update: { passwordHash },
      select,
    })
    await tx.session.deleteMany({ where: { userId: administrator.id } })
    return administrator
  })
}
