import type { Page, Request } from '@playwright/test'

/** What a page asks of the server to be drawn anew: what it has not got yet, and since it was opened how often it did. */
export type Refreshes = { open: Set<Request>; ended: number; endedAt: number }

/** Follows the refreshes of a path's page from now on. */
export function refreshesOf(page: Page, path: string): Refreshes {
  const refreshes: Refreshes = { open: new Set(), ended: 0, endedAt: Infinity }
  page.on('response', (response) => {
    if (!response.request().isNavigationRequest()) return
    // What the page before it has asked for may end in no way at all.
    refreshes.open.clear()
    refreshes.ended = 0
  })
  page.on('request', (request) => isRefresh(request, path) && refreshes.open.add(request))
  // Next closes a stream when it has what it needs, which the browser may call a failure.
  const end = (request: Request) => {
    if (!refreshes.open.delete(request)) return
    refreshes.ended++
    refreshes.endedAt = performance.now()
  }
  page.on('requestfinished', end)
  page.on('requestfailed', end)
  return refreshes
}

function isRefresh(request: Request, path: string): boolean {
  return new URL(request.url()).pathname === path && request.headers().rsc === '1'
}
