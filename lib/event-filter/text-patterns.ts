/**
 * The patterns of SQL's ILIKE for a text in the body of an event: as it is typed, and as it stands in JSON
 * with its quotes escaped, with letters beyond ASCII as they are or as `\u00e9` (where case is another
 * number: the text is looked for as typed, in small and in capital letters).
 */
export function textPatterns(text: string): string[] {
  const json = jsonOf(text)
  const spellings = [text, text.toLowerCase(), text.toUpperCase()].map((each) =>
    ascii(jsonOf(each)),
  )
  const withoutCase = [...new Map(spellings.map((each) => [each.toLowerCase(), each])).values()]
  return [...new Set([text, json, ...withoutCase])].map(
    (part) => `%${part.replace(/[\\%_]/g, (special) => `\\${special}`)}%`,
  )
}

function jsonOf(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function ascii(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
