/**
 * The patterns of SQL's ILIKE for a text in the body of an event: as it is typed, and as it may stand in JSON (RFC 8259,
 * 7) with its quotes escaped. Letters beyond ASCII may be as they are or as `\u00e9` (where case is another number: the
 * text is looked for as typed, in small and in capital letters); a slash as `\/`, and what is special in HTML as
 * `\u0026`, as encoders of several languages write them.
 */
export function textPatterns(text: string): string[] {
  const json = jsonOf(text)
  const spellings = [text, text.toLowerCase(), text.toUpperCase()].map((each) =>
    ascii(jsonOf(each)),
  )
  const withoutCase = [...new Map(spellings.map((each) => [each.toLowerCase(), each])).values()]
  const parts = [json, ...withoutCase].flatMap((part) => ENCODERS.map((encode) => encode(part)))
  return [...new Set([text, ...parts])].map(
    (part) => `%${part.replace(/[\\%_]/g, (special) => `\\${special}`)}%`,
  )
}

// Those of PHP escape slashes; those of Go <, > and &; Jackson's, .NET's and Gson's also the apostrophe; PHP's, with
// all of its flags, all of them.
const ENCODERS = ['', '/', '<>&', "<>&'", "/<>&'"].map(
  (special) => (json: string) =>
    json.replace(/[/<>&']/g, (character) => {
      if (!special.includes(character)) return character
      return character === '/' ? '\\/' : escaped(character)
    }),
)

function jsonOf(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function ascii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, escaped)
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
