import { z } from 'zod'

const MAX_LABEL_LENGTH = 100

/** A contact's tag. Its colours are whatever was sent: check them before use. */
export type Tag = {
  label: string | null
  backgroundColor: string | null
  textColor: string | null
}

const tag = z.object({
  label: z
    .string()
    .nullish()
    .transform((label) => label ?? null),
  backgroundColor: z.string().max(20).nullable().catch(null),
  textColor: z.string().max(20).nullable().catch(null),
})

/** The tags of a contact's row as the projection wrote them; labels are cut to `length` characters. */
export function readTags(value: unknown, length: number = MAX_LABEL_LENGTH): Tag[] {
  const cut = (label: string | null) =>
    label !== null && label.length > length ? label.slice(0, length).toWellFormed() : label
  return z
    .array(tag)
    .parse(value)
    .map((each) => ({ ...each, label: cut(each.label) }))
}
