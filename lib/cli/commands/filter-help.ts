import { FILTER_FLAGS } from '@/lib/event-filter/event-filter-flags'

const FLAG_WIDTH = 24

/** A line of help: a flag, and what it means. */
export function flagLine(flag: string, means: string): string {
  return `  ${flag.padEnd(FLAG_WIDTH)} ${means}`
}

/** The flags that choose events, for the help of every command that does. */
export function filterHelp(): string {
  const lines = Object.entries(FILTER_FLAGS).map(([flag, { takes, means }]) =>
    flagLine(`--${flag} ${takes}`, means),
  )
  return ['Which events (all that is given must hold):', ...lines].join('\n')
}

/** The exit codes, for the help of every command. */
export const EXIT_HELP = `Exit codes: 0 done, 1 not all of it succeeded or there is no such thing, 2 wrong arguments or settings,
3 the database is out of reach, 130 stopped with Ctrl-C.`
