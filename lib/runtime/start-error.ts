/** Why Waggle can't start, in one sentence that a person can act on. It is printed without a stack. */
export class StartError extends Error {
  override name = 'StartError'
}

/** The reason of a failed system call or connection as a few words: `permission denied`, not a stack. */
export function reasonOf(error: unknown): string {
  const { code, message, errors } = error as NodeJS.ErrnoException & { errors?: unknown[] }
  // A host name with several addresses fails with one error for each of them and no message of its own.
  if (!message && errors?.length) return reasonOf(errors[0])
  const known: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'the operation is not permitted',
    ENOENT: 'no such file or directory',
    ENOTDIR: 'a part of the path is not a directory',
    EISDIR: 'it is a directory',
    EEXIST: 'a file of that name is in the way',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EADDRINUSE: 'the port is in use',
    EADDRNOTAVAIL: 'this machine does not have that address',
    ECONNREFUSED: 'the connection was refused',
    ENOTFOUND: 'the host name is not known',
    EAI_AGAIN: 'the host name could not be looked up',
    ETIMEDOUT: 'the connection timed out',
  }
  return (code && known[code]) || message || String(error)
}
