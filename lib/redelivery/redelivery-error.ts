import { AppError } from '@/lib/errors'

/** Something about a destination or a run that can't be done, with the sentence that says why. */
export class RedeliveryError extends AppError {
  constructor(message: string, options?: ErrorOptions) {
    super('redelivery', message, options)
  }
}
