'use client'

import { useEffect, useState } from 'react'
import { Check, Copy } from 'lucide-react'
import { Button } from './button'
import { copyText } from './copy-text'

const CONFIRMED_MS = 2_000

type Props = {
  text: string
  /** What is copied, for the button's name: "webhook address". */
  label: string
  /** Shows the word next to the icon. */
  withText?: boolean
}

export function CopyButton({ text, label, withText = false }: Props) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')

  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), CONFIRMED_MS)
    return () => clearTimeout(timer)
  }, [state])

  async function copy() {
    try {
      await copyText(text)
      setState('copied')
    } catch {
      setState('failed')
    }
  }

  const word = state === 'copied' ? 'Copied' : state === 'failed' ? 'Not copied' : 'Copy'
  return (
    <>
      <Button
        variant={withText ? 'secondary' : 'ghost'}
        size="sm"
        square={!withText}
        onClick={copy}
        aria-label={withText ? `${word}: ${label}` : `Copy ${label}`}
        title={`Copy ${label}`}
      >
        {state === 'copied' ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
        {withText && word}
      </Button>
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : word}
      </span>
    </>
  )
}
