'use client'

import { Download } from 'lucide-react'
import dynamic from 'next/dynamic'
import { MenuButton } from './menu-button'

const ExportPanel = dynamic(() => import('./export-panel').then((file) => file.ExportPanel))

/** Everything that the list holds under this view, as a file. */
export function ExportMenu() {
  return (
    <MenuButton panel={ExportPanel} given={{}}>
      <Download aria-hidden />
      <span className="max-sm:sr-only">Export</span>
    </MenuButton>
  )
}
