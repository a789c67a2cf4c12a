'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { DestinationRow } from '@/lib/queries/redelivery/list-destinations'
import type { ActionResult } from '@/components/ui/action-result'
import { FIELD, FormField } from './form-field'
import { useAction } from '@/components/ui/use-action'

type Props = {
  /** Absent for a new one. */
  destination?: DestinationRow
  save: (form: FormData) => Promise<ActionResult>
}

/** What is known of a destination, to be written. A stored secret is never shown: a new one replaces it. */
export function DestinationForm({ destination, save }: Props) {
  const [order, setOrder] = useState(destination?.order ?? 'in_order')
  const [refusal, setRefusal] = useState<string | null>(null)
  const { pending, run } = useAction()

  function submit(event: React.SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const sent = new FormData(form)
    run(
      () => save(sent),
      (result) => {
        setRefusal(result.ok ? null : result.message)
        const secret = form.elements.namedItem('secret')
        if (result.ok && secret instanceof HTMLInputElement) secret.value = ''
      },
    )
  }

  return (
    <form onSubmit={submit} className="max-w-2xl space-y-4 p-4">
      {refusal && (
        <p role="alert" className="rounded-md bg-danger-subtle px-3 py-2 text-sm text-danger">
          {refusal}
        </p>
      )}
      <FormField name="name" label="Name" hint="What people and the command line call it.">
        {(field) => (
          <input
            {...field}
            className={FIELD}
            required
            maxLength={80}
            autoComplete="off"
            defaultValue={destination?.name}
          />
        )}
      </FormField>
      <FormField
        name="address"
        label="Address"
        hint="http or https on the ports 80, 443, 8080 or 8443 of the public internet. Redirects are not followed."
      >
        {(field) => (
          <input
            {...field}
            className={`${FIELD} font-mono`}
            required
            type="url"
            maxLength={2_000}
            autoComplete="off"
            defaultValue={destination?.address}
          />
        )}
      </FormField>
      <FormField
        name="secret"
        label="Secret"
        hint={
          destination
            ? 'Leave it empty to keep the stored one, which is never shown again.'
            : 'What the receiver verifies the tokens with (HS256), 8 to 500 characters. It is stored encrypted and never shown again.'
        }
      >
        {(field) => (
          <input
            {...field}
            className={FIELD}
            required={!destination}
            type="password"
            minLength={8}
            maxLength={500}
            autoComplete="new-password"
          />
        )}
      </FormField>
      <div className="grid gap-4 sm:grid-cols-3">
        <FormField name="order" label="Order">
          {(field) => (
            <select
              {...field}
              className={FIELD}
              value={order}
              onChange={(event) => setOrder(event.target.value as typeof order)}
            >
              <option value="in_order">In order</option>
              <option value="parallel">In parallel</option>
            </select>
          )}
        </FormField>
        <FormField name="atOnce" label="At once" hint="1 to 10, in parallel.">
          {(field) => (
            <input
              {...field}
              className={FIELD}
              type="number"
              required
              min={1}
              max={10}
              readOnly={order === 'in_order'}
              key={order}
              defaultValue={order === 'in_order' ? 1 : (destination?.atOnce ?? 4)}
            />
          )}
        </FormField>
        <FormField
          name="ratePerSecond"
          label="Requests a second"
          hint="At most; empty for no limit."
        >
          {(field) => (
            <input
              {...field}
              className={FIELD}
              type="number"
              min={0.01}
              max={1_000}
              step="any"
              defaultValue={destination?.ratePerSecond ?? ''}
            />
          )}
        </FormField>
      </div>
      <p className="text-xs text-muted">
        {order === 'in_order'
          ? 'In order: an event is sent when the one before it is delivered or dead, and a run when the one before it is over. One that fails holds up the rest until then, for two hours at most.'
          : 'In parallel: several are under way at once, and may arrive in any order.'}
      </p>
      <Button type="submit" variant="primary" disabled={pending}>
        {pending ? 'Saving…' : destination ? 'Save' : 'Create the destination'}
      </Button>
    </form>
  )
}
