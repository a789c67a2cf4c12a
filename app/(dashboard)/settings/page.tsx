import { IntegrationSettings } from '@/components/settings/integration-settings'
import { RevealList } from '@/components/settings/reveal-list'
import { SecretList } from '@/components/settings/secret-list'
import { SystemFacts } from '@/components/settings/system-facts'
import { UpkeepCard } from '@/components/upkeep/upkeep-card'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { PageHeader } from '@/components/ui/page-header'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { listIntegrationSettings } from '@/lib/queries/list-integration-settings'
import { listMessageReveals } from '@/lib/queries/list-message-reveals'
import { readSettings } from '@/lib/queries/read-settings'
import { readSystemState } from '@/lib/queries/read-system-state'
import { readUpkeep } from '@/lib/queries/read-upkeep'
import { cancelUpkeepAction, checkParityAction, rebuildAction } from './upkeep-actions'

export const metadata = { title: 'Settings' }

export default async function SettingsPage() {
  await requireUserOrSignIn()
  const [settings, state, integration, reveals, upkeep] = await Promise.all([
    readSettings(),
    readSystemState(),
    listIntegrationSettings(),
    listMessageReveals(),
    readUpkeep(),
  ])
  return (
    <>
      <PageHeader
        title="Settings"
        description="What is in force. Waggle is set up by environment variables and its .env file; a change counts after a restart."
      />
      <div className="space-y-4">
        <Card>
          <CardHeader>
            <CardTitle>Webhook address</CardTitle>
            <CopyButton text={settings.webhookAddress} label="webhook address" withText />
          </CardHeader>
          <CardBody>
            <p className="font-mono text-sm">{settings.webhookAddress}</p>
            <p className="mt-1 text-sm text-muted">
              Where JourneyBee sends events. Set PUBLIC_URL if others reach Waggle at another
              address.
            </p>
          </CardBody>
        </Card>
        <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
          <Card>
            <CardHeader>
              <CardTitle>Secrets</CardTitle>
              <span className="text-xs text-muted">INTEGRATION_UUID, by fingerprint</span>
            </CardHeader>
            <SecretList
              fingerprints={settings.secretFingerprints}
              lastUsed={state.secretLastUsed}
            />
          </Card>
          <Card>
            <CardHeader>
              <CardTitle>System</CardTitle>
            </CardHeader>
            <SystemFacts settings={settings} state={state} />
          </Card>
        </div>
        <UpkeepCard
          upkeep={upkeep}
          check={checkParityAction}
          rebuild={rebuildAction}
          cancel={cancelUpkeepAction}
        />
        <Card>
          <CardHeader>
            <CardTitle>Integration</CardTitle>
            <span className="text-xs text-muted">as the newest events told it</span>
          </CardHeader>
          <IntegrationSettings rows={integration} />
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>Revealed messages</CardTitle>
            <span className="text-xs text-muted">who looked at deleted texts, kept for good</span>
          </CardHeader>
          <CardBody>
            <RevealList reveals={reveals} />
          </CardBody>
        </Card>
      </div>
    </>
  )
}
