import { findUser } from '@/lib/auth/current-user'
import { orRefusal } from '@/lib/queries/or-refusal'
import { searchPalette } from '@/lib/queries/palette/search-palette'
import { readParam } from '@/lib/queries/read-search-params'

/** What the command palette finds: `{ items, hint }`; 400 with `{ error }` for a text that can't be looked for. */
export async function GET(request: Request): Promise<Response> {
  if (!(await findUser())) return answer(401, { error: 'Sign in to see this.' })
  const { searchParams } = new URL(request.url)
  const result = await orRefusal(async () => {
    const q = readParam({ q: oneOrMany(searchParams.getAll('q')) }, 'q')?.trim()
    return q ? searchPalette(q) : { items: [], hint: null }
  })
  if ('refusal' in result) return answer(400, { error: result.refusal })
  return answer(200, result.value)
}

function oneOrMany(values: string[]): string | string[] | undefined {
  return values.length > 1 ? values : values[0]
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'private, no-store' } })
}
