import { Button } from '@/components/ui/button'

/** Leads to the first message of a day, or the next one after it. */
export function JumpToDate({
  room,
  date,
}: {
  room: { companyUuid: string; uuid: string }
  date?: string
}) {
  return (
    <form action={`/rooms/${encodeURIComponent(room.uuid)}`} className="flex items-center gap-2">
      <input type="hidden" name="company" value={room.companyUuid} />
      <input
        type="date"
        name="date"
        aria-label="Day to jump to"
        key={date}
        defaultValue={date}
        required
        className="h-7 rounded-md border bg-surface px-2 text-xs"
      />
      <Button type="submit" size="sm">
        Jump
      </Button>
    </form>
  )
}
