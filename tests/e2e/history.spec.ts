import type { Page } from '@playwright/test'
import type { App } from './support/app'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { untilApplied } from './support/until-applied'
import { CLAIMS, postEvent, signToken } from './support/webhook'

const COMPANY = 'company_history_spec'
const START = 1_780_000_000
const REGIONS = ['North', 'South', 'South', 'South', 'North']
const ids: Record<string, string> = {}

test.use({ appFor: 'history' })

test.beforeAll(async ({ app }) => {
  const partner = (second: number, fields: object) =>
    send(app, 'partner_updated', second, { partnership: { uuid: 'wombat', ...fields } })
  ids.first = await partner(1, { company_name: 'Wombat', stage_label: 'New', ...seats(3) })
  ids.renamed = await partner(20, { company_name: 'Wombat Works', stage_label: 'New', ...seats(3) })
  await send(app, 'message_created', 30, {
    message: {
      uuid: 'message_1',
      room_uuid: 'room_1',
      partnership_uuid: 'wombat',
      content: 'Shall we meet?',
      created_at: (START + 30) * 1_000,
      updated_at: (START + 30) * 1_000,
      created_by_user_uuid: CLAIMS.user_uuid,
      created_by_user_first_name: 'Mia',
      created_by_user_last_name: 'Kowalska',
    },
  })
  await send(app, 'partner_contact_created', 40, {
    partnership: { uuid: 'wombat' },
    contact: { uuid: 'contact_1', first_name: 'Ann', email: 'ann@wombat.example' },
  })
  ids.newest = await partner(50, {
    company_name: 'Wombat Works',
    stage_label: 'Active',
    company_domain: 'https://www.wombat.example/',
    ...seats(12),
  })
  // Sent before the one that renamed it, and received after all of them.
  ids.late = await partner(10, { company_name: 'Wombat', stage_label: 'Lost', ...seats(3) })
  for (const [n, region] of REGIONS.entries()) {
    await send(app, 'partner_created', 60, {
      partnership: {
        uuid: `region_${n}`,
        company_name: `Partner ${n}`,
        company_domain: n < 2 ? 'wombat.example' : `partner-${n}.example`,
        custom_fields: [
          {
            uuid: 'cf_region',
            label: n < 3 ? 'Area' : 'Region',
            type: 'text',
            value: { text: region },
          },
        ],
      },
      configuration: [
        {
          id: 'partner_integration_settings',
          selected: [{ id: 'unique_field_partner', value: 'company_domain' }],
        },
      ],
    })
  }
  await untilApplied(app, COMPANY)
})

test.beforeEach(async ({ page, app }) => {
  await signIn(page, app)
})

test('the activity tells field by field what changed, who sent it and in which event', async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/partnerships/wombat`)
  await page
    .getByRole('navigation', { name: 'Partnership', exact: true })
    .getByRole('link', { name: 'Activity' })
    .click()
  const items = activity(page)
  await expect(items).toHaveCount(6)
  await expect(items.getByRole('heading')).toHaveText([
    'Profile',
    'Contact',
    'Message by Mia Kowalska',
    'Profile',
    'Profile',
    'First version',
  ])

  const newest = items.first()
  await expect(newest.getByRole('term')).toHaveText(['Domain', 'Stage', 'Seats'])
  await expect(newest.getByRole('definition')).toHaveText([
    /—\s*to https:\/\/www\.wombat\.example/,
    /New\s*to Active/,
    /3\s*to 12/,
  ])
  await expect(newest).toContainText('Mia Kowalska')
  await expect(newest.getByRole('link', { name: 'partner_updated' })).toHaveAttribute(
    'href',
    `/events/${ids.newest}`,
  )
  // The late one stands where it was sent, and says that it changed nothing that was shown.
  await expect(items.nth(4)).toContainText('Arrived late')
  await expect(items.nth(4).getByRole('definition')).toHaveText([/New\s*to Lost/])

  await page.getByRole('link', { name: 'Only changes of the profile' }).click()
  await expect(items).toHaveCount(4)
  await page.goBack()
  await items.nth(2).getByRole('link', { name: 'In its room' }).click()
  await expect(page).toHaveURL(/\/rooms\/room_1/)
})

test('a partnership as of an event stands beside how it is now', async ({ page, app }) => {
  await page.goto(`${app.url}/partnerships/wombat?tab=activity`)
  await activity(page).nth(3).getByRole('link', { name: 'As of this event' }).click()
  await expect(page).toHaveURL(new RegExp(`asOf=${ids.renamed}`))
  const then = page.getByRole('region', { name: 'Then and now' })
  await expect(then).toContainText('3 fields differ')
  await expect(row(then, 'Name')).toHaveText(['Wombat Works', 'Wombat Works'])
  await expect(row(then, 'Stage')).toHaveText(['New', 'Active'])
  await expect(row(then, 'Seats')).toHaveText(['3', '12'])

  const versions = page.getByRole('region', { name: 'Versions' })
  await expect(versions.getByRole('link')).toHaveCount(4)
  await then.getByRole('link', { name: 'Earlier' }).click()
  await expect(page).toHaveURL(new RegExp(`asOf=${ids.late}`))
  await expect(row(then, 'Stage')).toHaveText(['Lost', 'Active'])
  await versions.getByRole('link', { name: /First version/ }).click()
  await expect(row(then, 'Stage')).toHaveText(['New', 'Active'])
  await expect(then.getByRole('link', { name: 'Earlier' })).toHaveCount(0)
})

test('an event of another partnership, a page or a tab that is none is refused', async ({
  page,
  app,
}) => {
  for (const query of ['asOf=nothing', 'tab=past', 'tab=activity&after=x', 'tab=activity&show=x']) {
    await page.goto(`${app.url}/partnerships/wombat?${query}`)
    await expect(page.getByRole('alert').filter({ hasText: 'address' })).toBeVisible()
  }
  await page.goto(`${app.url}/partnerships/region_1?asOf=${ids.newest}`)
  await expect(page.getByRole('alert').filter({ hasText: 'no event about' })).toBeVisible()
  await page.getByRole('link', { name: 'The partnership' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Partner 1')
})

test('a bar of a field’s distribution opens the partnerships behind it', async ({ page, app }) => {
  await page.goto(`${app.url}/custom-fields/cf_region?company=${COMPANY}`)
  const distribution = page.getByRole('region', { name: 'Distribution' })
  await expect(distribution.getByRole('row')).toHaveText([
    /Value/,
    /South\s*3\s*60 %/,
    /North\s*2\s*40 %/,
  ])
  const changes = page.getByRole('region', { name: 'Changed label or type' })
  await expect(changes).toContainText(/Label: Area.*Region/)

  await distribution.locator('.recharts-bar-rectangle').nth(1).click()
  await expect(page).toHaveURL(/\/partnerships\?filter=field/)
  await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(2)
  await page.goBack()
  await distribution.getByRole('link', { name: 'South' }).click()
  await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(3)
})

test('partnerships of one domain are shown as possible duplicates', async ({ page, app }) => {
  await page.goto(`${app.url}/partnerships/wombat`)
  const notice = page.getByRole('complementary', { name: 'Possible duplicates' })
  await expect(notice).toContainText('the same domain')
  await expect(notice.getByRole('link', { name: /Partner/ })).toHaveText(['Partner 0', 'Partner 1'])
  await notice.getByRole('link', { name: 'All possible duplicates' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Possible duplicates')
  const group = page.getByRole('region', { name: 'wombat.example' })
  await expect(group).toContainText('3 partnerships')
  await group.getByRole('link', { name: 'Wombat Works' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wombat Works')

  await page.goto(`${app.url}/partnerships/region_4`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Partner 4')
  await expect(notice).toHaveCount(0)
})

function activity(page: Page) {
  return page
    .getByRole('region', { name: /^(Activity|Changes of the profile)$/ })
    .locator('ol > li')
}

function row(table: ReturnType<Page['getByRole']>, field: string) {
  return table.getByRole('row').filter({ hasText: field }).getByRole('cell')
}

function seats(number: number) {
  return {
    custom_fields: [{ uuid: 'cf_seats', label: 'Seats', type: 'number', value: { number } }],
  }
}

async function send(app: App, type: string, second: number, body: object): Promise<string> {
  const claims = { ...CLAIMS, company_uuid: COMPANY, event_id: type, iat: START + second }
  const token = await signToken({ secret: await app.secret(), claims })
  const response = await postEvent(app.webhookUrl, token, body)
  expect(response.status).toBe(200)
  return ((await response.json()) as { id: string }).id
}
