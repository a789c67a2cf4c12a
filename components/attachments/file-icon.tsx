import {
  File,
  FileArchive,
  FileAudio,
  FileCode,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  Presentation,
  type LucideIcon,
} from 'lucide-react'
import { fileKind, type FileKind } from '@/lib/list-view/file-kind'

const ICONS: Record<FileKind, LucideIcon> = {
  image: FileImage,
  video: FileVideo,
  audio: FileAudio,
  document: FileText,
  spreadsheet: FileSpreadsheet,
  presentation: Presentation,
  archive: FileArchive,
  code: FileCode,
  other: File,
}

type Props = { mimeType: string | null; fileName: string | null }

/** Decoration: the file's name and type stand beside it. */
export function FileIcon({ mimeType, fileName }: Props) {
  const Icon = ICONS[fileKind(mimeType, fileName)]
  return <Icon aria-hidden className="size-4 shrink-0 text-muted" />
}
