/** As high as the window: the table scrolls inside, its headers stay. Marked as wide for the frame around the page. */
export function ListLayout({ children }: { children: React.ReactNode }) {
  return (
    <div
      data-wide=""
      className="flex h-[calc(100dvh-5.5rem)] min-h-128 min-w-0 flex-col md:h-[calc(100dvh-3rem)]"
    >
      {children}
    </div>
  )
}
