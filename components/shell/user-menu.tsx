import { LogOut } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { ThemeToggle } from './theme-toggle'

export type SignOut = () => Promise<void>

/** Who is signed in, the theme and the way out: at the foot of the sidebar. */
export function UserMenu({ email, signOut }: { email: string | null; signOut?: SignOut }) {
  return (
    <div className="space-y-2 border-t p-3">
      {email && (
        <div className="flex min-w-0 items-center gap-2">
          <Avatar name={email} />
          <span className="min-w-0 truncate text-xs text-muted" title={email}>
            <span className="sr-only">Signed in as </span>
            <bdi>{email}</bdi>
          </span>
        </div>
      )}
      <div className="flex items-center justify-between gap-2">
        <ThemeToggle />
        {signOut && (
          <form action={signOut}>
            <Button type="submit" variant="ghost" size="sm">
              <LogOut aria-hidden /> Sign out
            </Button>
          </form>
        )}
      </div>
    </div>
  )
}
