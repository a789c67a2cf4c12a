'use client'

import { useTransition } from 'react'
import { Button, type ButtonProps } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'

/** Why nothing was done; nothing when it was. */
export type RunActionResult = { message: string } | undefined

type Props = {
  act: () => Promise<RunActionResult>
  variant?: ButtonProps['variant']
  children: React.ReactNode
}

/** A button that asks something of a run, and tells why it was not done. */
export function RunAction({ act, variant, children }: Props) {
  const [pending, startTransition] = useTransition()
  return (
    <Button
      variant={variant}
      disabled={pending}
      onClick={() =>
        startTransition(async () => {
          const refused = await act()
          if (refused) notify('error', refused.message)
        })
      }
    >
      {children}
    </Button>
  )
}
