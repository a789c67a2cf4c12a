'use client'

import { useRefreshWhile } from '@/components/attachments/use-refresh-while'

/** Draws the page anew now and then, for as long as it is there and somebody looks. */
export function RefreshWhile() {
  useRefreshWhile(true)
  return null
}
