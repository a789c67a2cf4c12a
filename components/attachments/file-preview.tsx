'use client'

import { useRef, useState } from 'react'
import dynamic from 'next/dynamic'
import type { AttachmentKey } from '@/components/addresses'
import type { PreviewKind } from './preview-kind'

type Props = { file: AttachmentKey; name: string; kind: PreviewKind }

// With the first file that is opened: no list's first load pays for it.
const FileDialog = dynamic(() => import('./file-dialog'), { ssr: false })

/** A file's name, which opens the file over the page. */
export function FilePreview({ file, name, kind }: Props) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  function close() {
    setOpen(false)
    // The dialog does not know who has opened it.
    requestAnimationFrame(() => button.current?.focus())
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="line-clamp-2 min-w-0 text-start wrap-anywhere text-accent underline-offset-2 hover:underline"
      >
        <bdi>{name}</bdi>
        <span className="sr-only"> (preview)</span>
      </button>
      {isOpen && <FileDialog file={file} name={name} kind={kind} onClose={close} />}
    </>
  )
}
