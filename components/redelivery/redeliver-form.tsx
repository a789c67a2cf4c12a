'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { ActionResult } from '@/components/ui/action-result'
import { FIELD, FormField } from './form-field'
import { useAction } from '@/components/ui/use-action'

type Choice = { id: string; name: string; address: string; how: string }
type Props = { destinations: Choice[]; start: (form: FormData) => Promise<ActionResult> }

/** Chooses where the events go, and sends them there. */
export function RedeliverForm({ destinations, start }: Props) {
  const [id, setId] = useState(destinations[0]?.id)
  const { pending, run } = useAction()
  const chosen = destinations.find((each) => each.id === id)

  function submit(event: React.SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    run(() => start(form))
  }

  return (
    <form onSubmit={submit} className="max-w-2xl space-y-4 p-4">
      <FormField name="destination" label="Destination">
        {(field) => (
          <select
            {...field}
            className={FIELD}
            value={id}
            onChange={(event) => setId(event.target.value)}
          >
            {destinations.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </select>
        )}
      </FormField>
      {chosen && (
        <p className="text-xs text-muted">
          <bdi className="font-mono wrap-anywhere">{chosen.address}</bdi> · {chosen.how}
        </p>
      )}
      <ul className="list-disc space-y-1 ps-5 text-sm">
        <li>Each event is sent with its body as stored, its claims and a fresh token.</li>
        <li>
          Events of deleted messages are sent whole, with what the messages said; the run records
          how many they were.
        </li>
        <li>What arrives after the start is not part of the run.</li>
        <li>The run is recorded with your name, and can be paused and cancelled.</li>
      </ul>
      <Button type="submit" variant="primary" disabled={pending}>
        {pending ? 'Starting…' : 'Redeliver'}
      </Button>
    </form>
  )
}
