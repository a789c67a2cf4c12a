import { shownColumns } from '@/components/data-grid/grid-column'
import { findUser } from '@/lib/auth/current-user'
import { InvalidAddressError } from '@/lib/errors'
import { takeExportSlot } from '@/lib/export/export-slots'
import { attachmentDisposition, exportFileName } from '@/lib/export/file-name'
import { streamText } from '@/lib/export/stream-text'
import { EXPORT_FORMATS, writeExport, type ExportFormat } from '@/lib/export/write-export'
import { LIST_NAMES, type ListName, type ListView } from '@/lib/list-view/list-view'
import { readListView } from '@/lib/list-view/read-list-view'
import { log } from '@/lib/log'
import { exportList } from '@/lib/queries/export-list'
import { orRefusal } from '@/lib/queries/or-refusal'

type Context = { params: Promise<{ list: string }> }

const CONTENT_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
}
const RETRY_AFTER_SECONDS = 15

/**
 * All rows of a list's view as a file: `format=csv` or `json`, and the parameters of the view. How many
 * rows there are stands in `X-Row-Count`; when they can't all be sent the connection breaks off.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  if (!(await findUser())) return refuse(401, 'Sign in to see this.')
  const { list } = await params
  const name = LIST_NAMES.find((known) => known === list)
  if (!name) return refuse(404, 'There is no such list.')
  const address = await orRefusal(async () => readAddress(new URL(request.url).searchParams))
  if ('refusal' in address) return refuse(400, address.refusal)
  const free = takeExportSlot()
  if (!free) {
    return refuse(503, 'Other exports are under way. Try again in a moment.', {
      'Retry-After': String(RETRY_AFTER_SECONDS),
    })
  }
  try {
    const { format, view } = address.value
    const result = await orRefusal(() => send(request, { name, format, view }, free))
    if (!('refusal' in result)) return result.value
    free()
    return refuse(400, result.refusal)
  } catch (error) {
    free()
    throw error
  }
}

/** An export is too dear to be counted and thrown away. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { Allow: 'GET' } })
}

function readAddress(params: URLSearchParams): { format: ExportFormat; view: ListView } {
  const [given, ...others] = params.getAll('format')
  const format = EXPORT_FORMATS.find((known) => known === given)
  if (!format || others.length > 0) {
    throw new InvalidAddressError('“format” must be csv or json.')
  }
  return { format, view: readListView(params) }
}

type Wanted = { name: ListName; format: ExportFormat; view: ListView }

async function send(request: Request, { name, format, view }: Wanted, free: () => void) {
  const source = await exportList(name, view, (all) => shownColumns(all, view.columns))
  const texts = told(writeExport(source, format), name)
  const body = streamText(texts, {
    signal: request.signal,
    onEnd: () => source.close().finally(free),
  })
  return new Response(body, {
    headers: {
      'Content-Type': CONTENT_TYPES[format],
      'Content-Disposition': attachmentDisposition(exportFileName(name, format, new Date())),
      'X-Row-Count': String(source.count),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}

// Who downloads sees a broken connection; why it broke, only the log can say.
async function* told(texts: AsyncGenerator<string, void, undefined>, list: ListName) {
  try {
    yield* texts
  } catch (error) {
    log.error({ list, err: (error as Error).message }, 'an export broke off')
    throw error
  }
}

function refuse(status: number, reason: string, headers: Record<string, string> = {}): Response {
  return new Response(reason, {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      ...headers,
    },
  })
}
