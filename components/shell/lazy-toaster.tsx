'use client'

import { useEffect, useState } from 'react'
import dynamic from 'next/dynamic'
import { onNotice } from '@/components/ui/notify'

const Toaster = dynamic(() => import('./toaster').then((module) => module.Toaster), { ssr: false })

/** Fetches what shows notices when there is the first one: no page's first load pays for it. */
export function LazyToaster() {
  const [wanted, setWanted] = useState(false)
  useEffect(() => onNotice(() => setWanted(true)), [])
  return wanted && <Toaster />
}
