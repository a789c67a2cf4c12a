const MAX_NAME = 150
// Controls, direction marks and other invisible characters, halves of characters, line separators.
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu
// What some file system takes for more than a part of a name.
const RESERVED = /[\\/:*?"<>|]/g

/**
 * A Content-Disposition header (RFC 6266) for a file whose name came from outside: the name in UTF-8
 * (RFC 5987), and in ASCII for those who read nothing else.
 */
export function contentDisposition(kind: 'inline' | 'attachment', fileName: string | null): string {
  const name = safeFileName(fileName)
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/[%\\"]/g, '_')
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded(name)}`
}

/** A name that may be saved under: visible, without a path, its extension where the name was cut. */
export function safeFileName(fileName: string | null): string {
  const clean = (fileName ?? '')
    .replace(UNSEEN, '')
    .replace(RESERVED, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  if (clean === '') return 'file'
  const characters = [...clean]
  if (characters.length <= MAX_NAME) return clean
  const extension = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? ''
  return characters.slice(0, MAX_NAME - extension.length).join('') + extension
}

// RFC 5987, 3.2.1: encodeURIComponent leaves a few more characters alone than attr-char allows.
function encoded(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
