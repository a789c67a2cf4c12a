import type { FileState } from '@/lib/queries/file-state'

/** How a file can be looked at; null when it can only be downloaded. */
export type PreviewKind = 'image' | 'pdf' | 'text'

const BY_TYPE: [RegExp, PreviewKind][] = [
  [/^image\/(png|jpe?g|gif|webp|avif)$/, 'image'],
  [/^application\/pdf$/, 'pdf'],
  [/^text\/|^application\/(json|xml)$/, 'text'],
]
const BY_NAME: [RegExp, PreviewKind][] = [
  [/\.(png|jpe?g|gif|webp|avif)$/i, 'image'],
  [/\.pdf$/i, 'pdf'],
  [/\.(txt|md|csv|tsv|log|json|xml|ya?ml|html?|svg)$/i, 'text'],
]

/**
 * By what the file is, once it has been archived; before, by what its sender says and its name. The server
 * looks at the bytes again and refuses to show what is something else.
 */
export function previewKind(file: {
  mimeType: string | null
  fileName: string | null
  file: FileState | null
}): PreviewKind | null {
  const known = file.file?.mediaType
  const type = (known ?? file.mimeType ?? '').trim().toLowerCase()
  const byType = BY_TYPE.find(([pattern]) => pattern.test(type))?.[1]
  if (known || byType) return byType ?? null
  return BY_NAME.find(([pattern]) => pattern.test(file.fileName?.trim() ?? ''))?.[1] ?? null
}
