import { signOut } from '@/app/login/sign-out'
import { AppShell } from '@/components/shell/app-shell'
import { findUser } from '@/lib/auth/current-user'
import { sendSampleEvents } from './send-sample-events'

// Not a guard: a layout does not run for every request. Pages and queries check the session themselves.
export default async function DashboardLayout({ children }: { children: React.ReactNode }) {
  const user = await findUser()
  return (
    <AppShell email={user?.email ?? null} signOut={signOut} sendSamples={sendSampleEvents}>
      {children}
    </AppShell>
  )
}
