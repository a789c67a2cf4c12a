import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { SendSamplesButton, type SendSamples } from './send-samples-button'

type Props = { webhookUrl: string; curl: string; isLocal: boolean; sendSamples: SendSamples }

/** What to do while nothing has been received. */
export function Onboarding({ webhookUrl, curl, isLocal, sendSamples }: Props) {
  return (
    <Card aria-labelledby="onboarding-title" className="mb-4">
      <CardHeader>
        <CardTitle id="onboarding-title">Nothing has been received yet</CardTitle>
      </CardHeader>
      <CardBody>
        <ol className="space-y-6">
          <Step number={1} title="Tell JourneyBee where to send">
            <p>
              In JourneyBee, open the settings of your integration and paste this address as its
              webhook. The Integration UUID shown there must be one of those in{' '}
              <code className="font-mono text-xs">INTEGRATION_UUID</code> of this server.
            </p>
            <CodeBlock code={webhookUrl} label="Webhook address" wrap className="mt-2" />
            {isLocal && (
              <p className="mt-2 text-xs text-warning">
                This address leads to the machine that you sit at: JourneyBee can’t reach it. Put
                Waggle behind an https address and set <code className="font-mono">PUBLIC_URL</code>{' '}
                to it.
              </p>
            )}
          </Step>
          <Step number={2} title="Or try it from a shell">
            <p>
              A sample, not a real partner. Its token is signed with your first secret and valid for
              an hour: keep it to yourself.
            </p>
            <CodeBlock code={curl} label="Sample command" className="mt-2" />
          </Step>
          <Step number={3} title="Or look around with samples">
            <p className="mb-2">
              Sends invented partnerships, contacts and messages, signed, through the same address
              that JourneyBee uses. They stay in the log like everything that is received.
            </p>
            <SendSamplesButton send={sendSamples} />
          </Step>
        </ol>
      </CardBody>
    </Card>
  )
}

function Step(props: { number: number; title: string; children: React.ReactNode }) {
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] text-sm">
      <span
        aria-hidden
        className="flex size-5 items-center justify-center rounded-full bg-accent-subtle text-xs font-medium text-accent"
      >
        {props.number}
      </span>
      <div className="min-w-0">
        <h3 className="mb-1 font-medium">{props.title}</h3>
        <div className="text-muted">{props.children}</div>
      </div>
    </li>
  )
}
