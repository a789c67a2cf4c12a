export const FILE_KINDS = [
  'image',
  'video',
  'audio',
  'document',
  'spreadsheet',
  'presentation',
  'archive',
  'code',
  'other',
] as const

export type FileKind = (typeof FILE_KINDS)[number]

const BY_EXTENSION: Record<Exclude<FileKind, 'other'>, string[]> = {
  image: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg', 'heic', 'avif', 'bmp', 'tif', 'tiff'],
  video: ['mp4', 'mov', 'webm', 'avi', 'mkv'],
  audio: ['mp3', 'wav', 'm4a', 'ogg', 'flac'],
  document: ['pdf', 'doc', 'docx', 'odt', 'rtf', 'txt', 'md', 'pages'],
  spreadsheet: ['xls', 'xlsx', 'ods', 'csv', 'tsv', 'numbers'],
  presentation: ['ppt', 'pptx', 'odp', 'key'],
  archive: ['zip', 'gz', 'tgz', 'tar', '7z', 'rar', 'bz2', 'xz'],
  code: ['json', 'xml', 'html', 'css', 'js', 'ts', 'yaml', 'yml', 'sql', 'sh', 'py'],
}

// Tried in this order: a spreadsheet's type holds "document" as well ("officedocument.spreadsheetml").
const BY_MIME_TYPE: [RegExp, FileKind][] = [
  [/^image\//, 'image'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
  [/spreadsheet|ms-excel|csv/, 'spreadsheet'],
  [/presentation|powerpoint/, 'presentation'],
  [/zip|x-tar|gzip|7z|rar/, 'archive'],
  [/json|xml$|javascript|^text\/(html|css)/, 'code'],
  [/pdf|msword|wordprocessing|opendocument\.text|^text\/|rtf/, 'document'],
]

/** The kind of a file, for its icon: by its media type, else by the extension of its name. */
export function fileKind(mimeType: string | null, fileName: string | null): FileKind {
  const type = mimeType?.trim().toLowerCase() ?? ''
  const byType = BY_MIME_TYPE.find(([pattern]) => pattern.test(type))
  if (byType) return byType[1]
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName?.trim() ?? '')?.[1]?.toLowerCase()
  if (extension === undefined) return 'other'
  const kinds = Object.entries(BY_EXTENSION) as [FileKind, string[]][]
  return kinds.find(([, extensions]) => extensions.includes(extension))?.[0] ?? 'other'
}
