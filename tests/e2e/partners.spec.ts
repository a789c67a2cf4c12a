import type { Page } from '@playwright/test'
import type { App } from './support/app'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { untilApplied } from './support/until-applied'
import { CLAIMS, postEvent, signToken } from './support/webhook'

const COMPANY = 'company_partners_spec'
const COUNT = 55

test.beforeAll(async ({ app }) => {
  const partnerships = Array.from({ length: COUNT }, (_, n) => ({
    partnership: {
      uuid: `quokka_${n}`,
      company_name: `Quokka ${String(n).padStart(2, '0')} Façade`,
      company_domain: `quokka-${n}.example`,
      stage_label: 'Active Partner',
      custom_fields: [],
    },
  }))
  await send(app, 'partner_created', partnerships)
  await send(app, 'partner_updated', [
    {
      partnership: {
        uuid: 'numbat',
        company_name: 'Numbat Works',
        company_domain: 'numbat.example',
        company_website: 'https://www.numbat.example/about',
        company_description: 'First line\nSecond line',
        stage_label: 'Active Partner',
        tier_label: 'Gold',
        custom_fields: [
          { uuid: 'cf_seats', label: 'Seats', type: 'number', value: { number: 1250 } },
          {
            uuid: 'cf_region',
            label: 'Region',
            type: 'select',
            value: { select: 2 },
            options: [
              { id: 1, label: 'North' },
              { id: 2, label: 'South' },
            ],
          },
        ],
      },
    },
    {
      partnership: {
        uuid: 'evil',
        company_name: '<img src=x onerror=alert(1)> Quoll',
        company_website: 'javascript:alert(1)',
      },
    },
  ])
  await send(app, 'partner_contact_created', [
    {
      partnership: { uuid: 'numbat' },
      contact: {
        uuid: 'contact_numbat',
        email: 'mia@numbat.example',
        first_name: 'Mia',
        last_name: 'Kowalska',
        tags: [{ id: 1, label: 'Champion', background_color: '#003300', text_color: '#003300' }],
      },
    },
    { contact: { uuid: 'contact_early', first_name: 'Early', partnership_uuid: 'bilby' } },
  ])
  await untilApplied(app, COMPANY)
})

test.beforeEach(async ({ page, app }) => {
  await signIn(page, app)
})

test('a search, accents aside, leads to the partnership that was meant', async ({ page, app }) => {
  await page.goto(`${app.url}/partnerships`)
  const search = page.getByRole('searchbox', { name: 'Search partnerships' })
  await search.fill('FACADE 07')
  // Also before the page's script runs: the search is a form.
  await search.press('Enter')
  await expect(rows(page)).toHaveCount(1)
  await expect(page).toHaveURL(/q=FACADE\+07/)
  await expect(page.getByRole('status').filter({ hasText: '1 match' })).toBeVisible()

  await rows(page).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quokka 07 Façade')
  await expect(page).toHaveTitle('Quokka 07 Façade · Waggle')

  await page.goBack()
  await expect(rows(page)).toHaveCount(1)
})

test('a search with a typing error says what it looked for instead', async ({ page, app }) => {
  await page.goto(`${app.url}/partnerships?q=nubmat`)
  await expect(
    page.getByText('No match for nubmat. Showing what has numbat instead.'),
  ).toBeVisible()
  expect(await names(page)).toEqual(['Numbat Works'])
})

test('paging reaches every match once, forwards and back', async ({ page, app }) => {
  await page.goto(`${app.url}/partnerships?q=quokka&sort=-name`)
  const first = await names(page)
  expect(first).toHaveLength(50)
  expect(first[0]).toContain('Quokka 54')

  await page.getByRole('link', { name: 'Next' }).click()
  await expect(rows(page)).toHaveCount(COUNT - 50)
  const second = await names(page)
  expect(new Set([...first, ...second]).size).toBe(COUNT)
  await expect(page).toHaveURL(/q=quokka/)

  await page.getByRole('link', { name: 'Previous' }).click()
  await expect(rows(page)).toHaveCount(50)
  expect(await names(page)).toEqual(first)
})

test('the list is sorted by its headers and walked by keyboard alone', async ({ page, app }) => {
  await page.goto(`${app.url}/partnerships`)
  // The key works once the page's script runs; before that it is typed into nothing.
  const search = page.getByRole('searchbox', { name: 'Search partnerships' })
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(search).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.type('quokka')
  await expect(page).toHaveURL(/q=quokka/)

  const byName = page.getByRole('columnheader', { name: /^Company/ })
  await expect(byName).toHaveAttribute('aria-sort', 'ascending')
  await byName.getByRole('link').focus()
  await page.keyboard.press('Enter')
  await expect(byName).toHaveAttribute('aria-sort', 'descending')
  await expect(rows(page).first()).toContainText('Quokka 54')

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quokka 54 Façade')
})

test('a partnership shows its profile, its custom fields, contacts and events', async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/partnerships/numbat`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Numbat Works')
  await expect(page.getByRole('list', { name: 'Status' })).toContainText('Gold')
  await expect(page.getByRole('link', { name: /numbat\.example\/about/ })).toHaveAttribute(
    'href',
    'https://www.numbat.example/about',
  )
  await expect(page.getByText('First line Second line')).toHaveCSS(
    'white-space-collapse',
    /preserve/,
  )

  const fields = page.getByRole('region', { name: 'Custom fields' })
  await expect(fields.getByRole('term')).toHaveText(['Seats', 'Region'])
  await expect(fields.getByRole('definition')).toHaveText(['1,250', 'South'])

  const events = page.getByRole('region', { name: 'Last events' })
  await expect(events.getByRole('listitem')).toHaveCount(2)
  await expect(events.getByRole('link').first()).toHaveText('partner_contact_created')

  await page.getByRole('link', { name: 'Mia Kowalska' }).click()
  await expect(page).toHaveTitle('Mia Kowalska · Waggle')
  await expect(page.getByText('mia@numbat.example')).toBeVisible()
  // The text colour that was sent could not be read on its background.
  await expect(page.locator('[title="Champion"]')).toHaveCSS('color', 'rgb(255, 255, 255)')
  await page.getByRole('link', { name: 'Numbat Works' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Numbat Works')
})

test('what comes from outside is text: no markup, no script behind a link', async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/partnerships/evil`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    '<img src=x onerror=alert(1)> Quoll',
  )
  await expect(page.getByText('javascript:alert(1)')).toBeVisible()
  await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0)
})

test('a partnership that only a contact names is awaited', async ({ page, app }) => {
  await page.goto(`${app.url}/partnerships/bilby`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Partnership not received yet')
  await expect(page.getByRole('link', { name: 'Early' })).toBeVisible()
})

test('an address that says what Waggle does not know is refused, not guessed at', async ({
  page,
  app,
}) => {
  for (const query of ['sort=size', 'after=x', 'q=a&q=b']) {
    await page.goto(`${app.url}/partnerships?${query}`)
    await expect(page.getByRole('alert').filter({ hasText: 'address' })).toBeVisible()
    await expect(page.getByRole('table')).toHaveCount(0)
  }
  await page.getByRole('link', { name: 'All partnerships' }).click()
  await expect(rows(page)).toHaveCount(50)
})

function rows(page: Page) {
  return page.getByRole('table').locator('tbody tr')
}

async function names(page: Page): Promise<string[]> {
  await expect(rows(page).first()).toBeVisible()
  return rows(page).getByRole('link').allInnerTexts()
}

async function send(app: App, type: string, bodies: unknown[]): Promise<void> {
  const claims = { ...CLAIMS, company_uuid: COMPANY, event_id: type }
  const token = await signToken({ secret: await app.secret(), claims })
  for (const body of bodies) {
    const response = await postEvent(app.webhookUrl, token, body)
    expect(response.status).toBe(200)
  }
}
