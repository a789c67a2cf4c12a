import { BIDI_CONTROLS } from '@/components/ui/bidi-controls'
import type { SnippetPart } from '@/lib/queries/message-snippet'

/** Text from outside with the parts marked that were looked for. */
export function Highlighted({ parts }: { parts: SnippetPart[] }) {
  return (
    <bdi>
      {parts.map(({ text, hit }, index) => {
        // A control that turns the direction would turn what follows its piece too.
        const shown = text.replace(BIDI_CONTROLS, '\uFFFD')
        return hit ? (
          <mark key={index} className="rounded-xs bg-accent-subtle font-medium text-accent">
            {shown}
          </mark>
        ) : (
          shown
        )
      })}
    </bdi>
  )
}
