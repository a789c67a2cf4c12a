import { z } from 'zod'
import { identifier } from './primitives'

/** What tells records of the read model apart, as a browser sends it to a server action. */
export const recordKeySchema = z.object({ companyUuid: identifier, uuid: identifier })
