import { Button } from '@/components/ui/button'
import type { DestinationRow } from '@/lib/queries/redelivery/list-destinations'

type Props = { destinations: Pick<DestinationRow, 'id' | 'name'>[]; chosen: string | undefined }

/** Chooses the destination whose list is shown, through the page's address. */
export function DestinationChoice({ destinations, chosen }: Props) {
  return (
    <form className="mb-3 flex flex-wrap items-center gap-2 text-sm">
      <label htmlFor="destination" className="text-muted">
        Destination
      </label>
      <select
        id="destination"
        name="destination"
        defaultValue={chosen ?? ''}
        key={chosen ?? ''}
        className="h-8 w-40 max-w-full min-w-0 flex-1 rounded-md border border-border-strong bg-background px-2.5 sm:w-auto sm:max-w-96 sm:flex-none"
      >
        <option value="">All</option>
        {destinations.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Button type="submit">Show</Button>
    </form>
  )
}
