'use client'

import { SlidersHorizontal } from 'lucide-react'
import dynamic from 'next/dynamic'
import { MenuButton } from './menu-button'

const DisplayPanel = dynamic(() => import('./display-panel').then((file) => file.DisplayPanel))

/** Which columns a list shows, in which order, and how close the rows stand. */
export function DisplayMenu() {
  return (
    <MenuButton panel={DisplayPanel} given={{}}>
      <SlidersHorizontal aria-hidden />
      <span className="max-sm:sr-only">Display</span>
    </MenuButton>
  )
}
