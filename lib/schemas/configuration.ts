import { z } from 'zod'
import { optionalList } from './primitives'
import { storableText } from './storable'

const settingName = z.string().min(1).max(200).transform(storableText)

const setting = z.looseObject({ id: settingName, value: z.unknown().optional() })

const section = z.looseObject({ id: settingName, selected: optionalList(setting) })

/** The integration's settings at the time of the event (journeybee.md, Configuration). */
export const configuration = optionalList(section)

export type Configuration = z.output<typeof configuration>
