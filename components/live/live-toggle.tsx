import { Pause, Play } from 'lucide-react'
import { Button } from '@/components/ui/button'

type Props = {
  what: 'messages' | 'events'
  /** Whether changes are heard of; null before that is known. */
  live: boolean | null
  paused: boolean
  onToggle: () => void
}

/** Whether the page follows what happens, and the way to keep it still (WCAG 2.2.2). */
export function LiveToggle({ what, live, paused, onToggle }: Props) {
  const lost = live === false && !paused
  return (
    <>
      {lost && (
        <span role="status" className="text-xs text-warning">
          Reconnecting…
        </span>
      )}
      <Button
        variant="ghost"
        size="sm"
        aria-pressed={!paused}
        aria-label="Live updates"
        title={paused ? 'Live updates are paused' : `New ${what} show up by themselves`}
        onClick={onToggle}
      >
        {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {paused ? 'Paused' : 'Live'}
      </Button>
    </>
  )
}
