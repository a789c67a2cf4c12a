/** "waggle-partnerships-2026-11-22.csv": the list, and the UTC day on which it was exported. */
export function exportFileName(list: string, format: string, at: Date): string {
  return `waggle-${list}-${at.toISOString().slice(0, 10)}.${format}`
}

/** The header that makes a browser save a file (RFC 6266). The name is one of ours: plain ASCII. */
export function attachmentDisposition(fileName: string): string {
  return `attachment; filename="${fileName}"; filename*=UTF-8''${encodeURIComponent(fileName)}`
}
