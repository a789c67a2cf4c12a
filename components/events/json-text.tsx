import { Fragment } from 'react'

// Colouring a longer text costs more elements than it helps anybody.
const MAX_COLOURED_LINES = 2_000
const KEY = /^(\s*)("(?:[^"\\]|\\.)*")(: .*)$/

/** Indented JSON with its keys set apart. */
export function JsonText({ text }: { text: string }) {
  const lines = text.split('\n')
  if (lines.length > MAX_COLOURED_LINES) return <>{text}</>
  return lines.map((line, index) => {
    const parts = KEY.exec(line)
    const end = index < lines.length - 1 ? '\n' : ''
    if (!parts) return <Fragment key={index}>{line + end}</Fragment>
    const [, indent, key, rest] = parts
    return (
      <Fragment key={index}>
        {indent}
        <span className="text-accent">{key}</span>
        {rest + end}
      </Fragment>
    )
  })
}
