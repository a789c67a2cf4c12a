import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** The checkout's directory, wherever Waggle is started from. */
export const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')

/**
 * A hash over the names and contents of files and whole folders of the project.
 *
 * @param names Relative to the project; what does not exist counts as absent.
 * @param skip Folders, relative to the project, that are left out.
 * @returns SHA-256 as hexadecimal digits.
 */
export async function hashFiles(names: string[], skip: string[] = []): Promise<string> {
  const files = (await Promise.all(names.map((name) => listFiles(name, skip)))).flat().sort()
  const contents = await Promise.all(
    files.map((file) => readFile(path.join(PROJECT_ROOT, file)).catch(() => '')),
  )
  const hash = createHash('sha256')
  files.forEach((file, index) => {
    const content = contents[index]!
    hash.update(`${file}\0${content.length}\0`).update(content)
  })
  return hash.digest('hex')
}

async function listFiles(name: string, skip: string[]): Promise<string[]> {
  if (skip.includes(name)) return []
  const entries = await readdir(path.join(PROJECT_ROOT, name), { withFileTypes: true }).catch(
    () => undefined,
  )
  if (!entries) return [name]
  const lists = entries.map((entry) => {
    const child = path.posix.join(name, entry.name)
    return entry.isDirectory() ? listFiles(child, skip) : [child]
  })
  return (await Promise.all(lists)).flat()
}
