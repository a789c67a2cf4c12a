// Control characters, of which terminals take sequences for orders, and those that turn the writing direction.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** A text from outside as one line that a terminal shows and never obeys. */
export function printableText(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, '\ufffd')
}

/** A text from outside for a terminal, with its own lines and tabs. */
export function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\t').map(printableText).join('\t'))
    .join('\n')
}

/** JSON on one line. Escapes what a terminal would obey; programs read the same from it. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
