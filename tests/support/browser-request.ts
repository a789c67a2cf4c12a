import { vi } from 'vitest'

type Cookie = { value: string; options?: Record<string, unknown> }

/** The browser's side of a request: what Next's cookies() and headers() answer in a test. */
export const browser = {
  jar: new Map<string, Cookie>(),
  headers: new Headers(),
  /** Forgets every cookie and sends the headers of a form on Waggle's own page. */
  reset() {
    this.jar.clear()
    this.headers = new Headers({
      host: 'waggle.test',
      origin: 'http://waggle.test',
      'x-forwarded-for': '192.0.2.1',
    })
  },
}

vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(browser.headers),
  cookies: () =>
    Promise.resolve({
      get: (name: string) => browser.jar.get(name),
      set: (name: string, value: string, options: Record<string, unknown>) =>
        browser.jar.set(name, { value, options }),
      delete: (name: string) => browser.jar.delete(name),
    }),
}))

/** Where a server function redirects to; null when it does not. */
export async function redirectOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work
    return null
  } catch (error) {
    const { digest } = error as { digest?: string }
    if (!digest?.startsWith('NEXT_REDIRECT;')) throw error
    return digest.split(';')[2] ?? null
  }
}
