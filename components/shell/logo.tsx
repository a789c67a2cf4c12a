import Link from 'next/link'

export function Logo() {
  return (
    <Link href="/" className="flex items-center gap-2 rounded-md px-2 font-semibold tracking-tight">
      <svg aria-hidden viewBox="0 0 32 32" className="size-5">
        <path className="fill-accent-solid" d="M16 1.5 28.6 8.75v14.5L16 30.5 3.4 23.25V8.75Z" />
        <path
          className="stroke-accent-foreground"
          fill="none"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
          d="m9 12.5 3 8 4-8 4 8 3-8"
        />
      </svg>
      Waggle
    </Link>
  )
}
