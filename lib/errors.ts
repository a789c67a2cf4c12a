/** An error with a stable code for programs and a sentence for people. */
export class AppError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = new.target.name
  }
}

/** Nobody is signed in, or the session has ended. */
export class UnauthenticatedError extends AppError {
  constructor() {
    super('unauthenticated', 'Sign in to see this.')
  }
}

/** A filter, cursor or other part of an address that Waggle refuses instead of guessing. */
export class InvalidAddressError extends AppError {
  constructor(message: string) {
    super('invalid_address', message)
  }
}

/** The database can't be reached, or did not answer in time. */
export class DatabaseUnavailableError extends AppError {
  constructor(options?: ErrorOptions) {
    super('database_unavailable', 'The database is out of reach.', options)
  }
}
