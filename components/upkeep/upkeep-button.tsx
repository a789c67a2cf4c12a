'use client'

import { useTransition } from 'react'
import { Button, type ButtonProps } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'

export type UpkeepResult = { ok: boolean; message: string }

type Props = {
  act: () => Promise<UpkeepResult>
  variant?: ButtonProps['variant']
  children: React.ReactNode
}

/** A button that asks for upkeep of the read model, and tells what came of it. */
export function UpkeepButton({ act, variant, children }: Props) {
  const [pending, startTransition] = useTransition()
  return (
    <Button
      variant={variant}
      disabled={pending}
      onClick={() =>
        startTransition(async () => {
          const { ok, message } = await act()
          notify(ok ? 'success' : 'error', message)
        })
      }
    >
      {children}
    </Button>
  )
}
