import { Badge, type BadgeTone } from '@/components/ui/badge'
import { ExternalLink } from '@/components/ui/external-link'
import { PageHeader } from '@/components/ui/page-header'
import type { Partnership } from '@/lib/queries/find-partnership'
import { PartnershipName } from './partnership-name'
import { visibleText } from './visible-text'

/** Who it is, at a glance: name, domain, website, and where the partnership stands. */
export function PartnershipHeader({ partnership }: { partnership: Partnership }) {
  const domain = visibleText(partnership.domain)
  const website = visibleText(partnership.website)
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Partnerships', href: '/partnerships' }]}
        title={<PartnershipName name={partnership.name} className="break-words" />}
        description={
          (domain ?? website) && (
            <span className="flex flex-wrap gap-x-3">
              {domain && <bdi className="line-clamp-1 break-all">{domain}</bdi>}
              {website && <ExternalLink href={website} className="line-clamp-1 break-all" />}
            </span>
          )
        }
      />
      <Badges partnership={partnership} />
    </>
  )
}

function Badges({ partnership }: { partnership: Partnership }) {
  const all: { term: string; text: string | null; tone: BadgeTone }[] = [
    { term: 'Stage', text: partnership.stage, tone: 'blue' },
    { term: 'Tier', text: partnership.tier, tone: 'accent' },
    { term: 'Category', text: partnership.category, tone: 'neutral' },
    { term: 'Partner type', text: partnership.partnerType, tone: 'neutral' },
  ]
  const badges = all.filter(({ text }) => visibleText(text) !== null)
  if (badges.length === 0) return null
  return (
    <ul aria-label="Status" className="-mt-1.5 mb-4 flex flex-wrap gap-1.5">
      {badges.map(({ term, text, tone }) => (
        <li key={term} className="flex max-w-72 min-w-0">
          <Badge tone={tone} title={`${term}: ${visibleText(text)}`}>
            <span className="sr-only">{term}: </span>
            <bdi
              className={
                term === 'Partner type'
                  ? 'line-clamp-1 break-all first-letter:uppercase'
                  : 'line-clamp-1 break-all'
              }
            >
              {visibleText(text)}
            </bdi>
          </Badge>
        </li>
      ))}
    </ul>
  )
}
