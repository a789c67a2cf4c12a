import { AppError } from '@/lib/errors'

/** A saved view that can't be made or changed; its message says why to whoever asked. */
export class SavedViewError extends AppError {
  constructor(message: string, options?: ErrorOptions) {
    super('saved_view_refused', message, options)
  }
}
