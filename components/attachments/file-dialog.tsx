'use client'

import { useState } from 'react'
import { Download } from 'lucide-react'
import { attachmentHref, type AttachmentKey } from '@/components/addresses'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import type { PreviewKind } from './preview-kind'
import { TextPreview } from './text-preview'

type Props = { file: AttachmentKey; name: string; kind: PreviewKind; onClose: () => void }

/** A file over the page. */
export default function FileDialog({ file, name, kind, onClose }: Props) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        wide
        title={name}
        footer={
          <Button asChild>
            <a href={attachmentHref(file)} download>
              <Download aria-hidden /> Download
            </a>
          </Button>
        }
      >
        <Shown file={file} name={name} kind={kind} />
      </DialogContent>
    </Dialog>
  )
}

function Shown({ file, name, kind }: Omit<Props, 'onClose'>) {
  const [failed, setFailed] = useState(false)
  const href = attachmentHref(file, 'preview')
  if (failed) {
    return <p className="text-sm">This file can’t be shown here. Downloading it may say why.</p>
  }
  if (kind === 'text') return <TextPreview href={attachmentHref(file, 'text')} name={name} />
  if (kind === 'pdf') {
    // No sandbox attribute: Chromium shows no PDF in one. The answer's own policy shuts the rest.
    return <iframe src={href} title={name} className="h-[65dvh] w-full rounded-md border" />
  }
  return (
    // Next's own images are made anew by the server, which must not read what comes from outside.
    // eslint-disable-next-line @next/next/no-img-element
    <img
      src={href}
      alt={name}
      onError={() => setFailed(true)}
      className="mx-auto max-h-[65dvh] max-w-full object-contain"
    />
  )
}
