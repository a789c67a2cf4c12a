'use client'

import * as Radix from 'radix-ui/tooltip'

/** Says more about its one focusable child. Never the only place where something needed is told. */
export function Tooltip(props: { content: React.ReactNode; children: React.ReactElement }) {
  return (
    <Radix.Provider delayDuration={300}>
      <Radix.Root>
        <Radix.Trigger asChild>{props.children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 rounded-md bg-foreground px-2 py-1 text-xs text-background"
          >
            {props.content}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
