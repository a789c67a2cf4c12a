import { AppError } from '@/lib/errors'

/** Somebody else's batch touched the same rows between two statements: roll back and try again. */
export class ConcurrentWriteError extends AppError {
  constructor(message: string) {
    super('concurrent_write', message)
  }
}
