import type { SnippetPart } from '../message-snippet'

type Keyed = { companyUuid: string; uuid: string }

/** Something that the palette leads to. Times are ISO 8601: an item goes to the browser as JSON. */
export type PaletteItem =
  | ({
      kind: 'partnership' | 'contact' | 'customField'
      name: string | null
      detail: string | null
    } & Keyed)
  | ({ kind: 'room'; partnershipName: string | null; messageCount: number } & Keyed)
  | ({
      kind: 'message'
      roomUuid: string
      author: string | null
      snippet: SnippetPart[]
      at: string
    } & Keyed)
  | ({
      kind: 'file'
      roomUuid: string
      messageUuid: string
      name: string | null
      at: string
    } & Keyed)
  | { kind: 'event'; id: string; eventType: string; at: string }
  | { kind: 'eventType'; eventType: string }

/** What was found, the likeliest kinds first. `hint` says why no messages were looked for. */
export type PaletteAnswer = { items: PaletteItem[]; hint: string | null }
