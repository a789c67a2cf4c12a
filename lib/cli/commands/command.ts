/** What a command ends with, for scripts. The same for every command. */
export const EXIT = {
  done: 0,
  /** It ran, and something of it did not succeed, or what was named is not there. */
  notDone: 1,
  badArguments: 2,
  databaseUnavailable: 3,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Where a command writes: results to `out`, everything else to `err`, so that results can be piped. */
export type Terminal = {
  out: (text: string) => void
  err: (text: string) => void
  /** Whether a person looks at the results. */
  isTerminal: boolean
  /** Columns of the terminal. */
  width: number
  /** Aborted by Ctrl-C, or when nobody reads the results any more. */
  stop: AbortSignal
}

/** One command of `npm run waggle`. Its file is loaded when it is called, so that the help needs no database. */
export type Command = {
  help: string
  /**
   * Reads the arguments; nothing is connected yet.
   *
   * @returns What to do, in the name of the administrator and with the database connected.
   * @throws InvalidAddressError or parseArgs' TypeError for arguments that are wrong.
   */
  prepare: (args: string[]) => (terminal: Terminal) => Promise<ExitCode>
}
