import { Prisma } from '@/lib/db'
import { FILLED_VALUE } from '@/lib/filled-value'

/** SQL on the columns of custom_field_value: whether there is something in the field (lib/filled-value.ts). */
export const filledValue = Prisma.raw(FILLED_VALUE)
