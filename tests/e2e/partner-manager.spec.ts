import { readFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'
import type { App } from './support/app'
import { queryDatabase } from './support/database'
import { sendPartnerships } from './support/partnerships'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'

test.use({ appFor: 'what a partner manager does' })

const COMPANY = 'company_manager'
const YEAR = new Date().getUTCFullYear()
const TIERS = ['Gold', 'Silver', 'Bronze']
const COUNTRIES = ['Germany', 'France', 'Nether"lands', '=cmd()']

// Every tier in every country, with a start date of this year, of the year before, and with none.
const PARTNERSHIPS = Array.from({ length: 216 }, (_, n) => {
  const year = YEAR - (Math.floor(n / 12) % 3 === 1 ? 1 : 0)
  const isDated = Math.floor(n / 12) % 3 !== 2
  return {
    uuid: `partnership_${n}`,
    company_name: `=Wombat, ${String(n).padStart(3, '0')} "Ltd" 🐝`,
    company_domain: `wombat-${n}.example`,
    tier_label: TIERS[n % 3],
    country_label: COUNTRIES[Math.floor(n / 3) % 4],
    custom_fields: [
      {
        uuid: 'cf_start',
        label: 'Start date',
        type: 'date',
        value: isDated ? { date: `${year}-${String((n % 12) + 1).padStart(2, '0')}-15` } : null,
      },
      { uuid: 'cf_seats', label: 'Seats', type: 'number', value: { number: (n * 37) % 1000 } },
    ],
  }
})

test.beforeAll(({ app }) => sendPartnerships(app, COMPANY, PARTNERSHIPS))

test('finds the gold partners in Germany that started this year, keeps the view, hands it on and exports it', async ({
  app,
  browser,
  page,
}) => {
  test.slow()
  const expected = await namesInDatabase(app)
  expect(expected.length).toBeGreaterThan(3)
  expect(expected.length).toBeLessThan(50)

  await signIn(page, app)
  await page.goto(`${app.url}/partnerships`)
  await filterBy(page, 'Tier', 'Gold')
  await filterBy(page, 'Country', 'Germany')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByPlaceholder('Filter by…').fill('start')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'This year' }).click()
  await expect(chips(page)).toHaveText([
    'Tier is Gold',
    'Country is Germany',
    'Start date is in this year',
  ])
  await expectNames(page, expected)
  await expect(page.getByRole('status').filter({ hasText: 'matches in 216' })).toHaveText(
    `${expected.length} matches in 216 partnerships`,
  )

  await page.getByRole('button', { name: 'Display' }).click()
  await page.getByRole('searchbox', { name: 'Search the columns' }).fill('start')
  await page.getByRole('checkbox', { name: 'Start date' }).check()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'Start date' })).toBeVisible()
  await expect(rows(page).first()).toContainText(`15 `)
  await expect(rows(page).first()).toContainText(String(YEAR))

  await page.getByRole('button', { name: /^View:/ }).click()
  await page.getByRole('button', { name: 'Save as a new view…' }).click()
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Gold <in> "Germany" 🥇')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^View:/ })).toHaveText(
    'View: Gold <in> "Germany" 🥇',
  )
  const id = new URL(page.url()).searchParams.get('view')!

  // Somebody else's browser, with nothing but the link.
  const stranger = await browser.newContext({ reducedMotion: 'reduce' })
  const fresh = await stranger.newPage()
  await fresh.goto(`${app.url}/partnerships?view=${id}`)
  await expect(fresh).toHaveURL(/\/login/)
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = await app.settings()
  await fresh.getByLabel('E-mail').fill(ADMIN_EMAIL!)
  await fresh.getByLabel('Password').fill(ADMIN_PASSWORD!)
  await fresh.getByRole('button', { name: 'Sign in' }).click()
  await expect(fresh.getByRole('button', { name: /^View:/ })).toHaveText(
    'View: Gold <in> "Germany" 🥇',
  )
  await expect(chips(fresh)).toHaveCount(3)
  await expectNames(fresh, expected)

  const csv = parseCsv(await exported(fresh, 'CSV'))
  const [header, ...lines] = csv
  expect(header).toContain('Start date')
  const company = header!.indexOf('Company')
  // Nothing that a spreadsheet would run, and every name all the same.
  expect(lines.map((line) => line[company]!.replace(/^'/, '')).sort()).toEqual(expected)
  expect(lines.every((line) => line.every((cell) => !/^[=+@-]/.test(cell)))).toBe(true)
  const country = header!.indexOf('Country')
  expect(new Set(lines.map((line) => line[country]))).toEqual(new Set(['Germany']))

  const json = JSON.parse(await exported(fresh, 'JSON')) as {
    count: number
    rows: { name: string; tier: string }[]
  }
  expect(json.count).toBe(expected.length)
  expect(json.rows.map(({ name }) => name).sort()).toEqual(expected)
  await stranger.close()
})

test('a filter is changed, doubled on one column and taken away, by keyboard alone', async ({
  app,
  page,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/partnerships`)
  await page.getByRole('button', { name: 'Filter', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByPlaceholder('Filter by…')).toBeFocused()
  await page.keyboard.type('tier')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('searchbox', { name: 'Search the values' })).toBeFocused()
  await expect(page.getByRole('checkbox', { name: 'Gold 72' })).toBeVisible()
  await page.keyboard.type('sil')
  await expect(page.getByRole('checkbox', { name: /Gold/ })).toBeHidden()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(chips(page)).toHaveText(['Tier is Silver'])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeFocused()

  await chips(page).getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Condition' }).selectOption('is none of')
  await expect(chips(page)).toHaveText(['Tier is not Silver'])
  await page.keyboard.press('Escape')
  await filterBy(page, 'Tier', 'Bronze')
  await expect(chips(page)).toHaveText(['Tier is not Silver', 'Tier is Bronze'])
  await expect(page.getByRole('status').filter({ hasText: '72 matches' })).toBeVisible()

  await page.goBack()
  await expect(chips(page)).toHaveText(['Tier is not Silver'])
  await page.getByRole('button', { name: 'Remove the filter Tier is not Silver' }).click()
  await expect(chips(page)).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: '216 partnerships' })).toBeVisible()
})

test('numbers and texts are filtered in ranges and parts, and a range that is none is told so', async ({
  app,
  page,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/partnerships`)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByPlaceholder('Filter by…').fill('seats')
  await page.keyboard.press('Enter')
  await page.getByLabel('At least').fill('900')
  await page.getByLabel('At most').fill('100')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'least is more' })).toBeVisible()
  await page.getByLabel('At most').fill('')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(chips(page)).toHaveText(['Seats is at least 900'])
  const many = PARTNERSHIPS.filter((_, n) => (n * 37) % 1000 >= 900)
  await expect(rows(page)).toHaveCount(many.length)

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByPlaceholder('Filter by…').fill('company')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Text' }).fill('=wombat, 05')
  await page.keyboard.press('Enter')
  await expect(chips(page)).toHaveCount(2)
  const named = many.filter(({ company_name }) => company_name.startsWith('=Wombat, 05'))
  await expect(rows(page)).toHaveCount(named.length)
})

test('a list is sorted by a custom field, and its pages reach every row once', async ({
  app,
  page,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/partnerships`)
  await page.getByRole('button', { name: 'Display' }).click()
  await page.getByRole('checkbox', { name: 'Seats' }).check()
  await page.keyboard.press('Escape')
  const sorted = PARTNERSHIPS.toSorted(
    (a, b) => b.custom_fields[1]!.value!.number! - a.custom_fields[1]!.value!.number!,
  )
  const seats = page.getByRole('columnheader', { name: /^Seats/ })
  await seats.getByRole('link').click()
  await expect(seats).toHaveAttribute('aria-sort', 'descending')
  // The header says what was asked for before its rows have come.
  await expect(rows(page).first()).toContainText(sorted[0]!.company_name)
  const found: string[] = []
  for (const expectedRows of [50, 50, 50, 50, 16]) {
    await expect(rows(page)).toHaveCount(expectedRows)
    found.push(...(await names(page)))
    if (expectedRows === 50) {
      const before = await names(page)
      await page.getByRole('link', { name: 'Next' }).click()
      await expect(rows(page).first()).not.toContainText(before[0]!)
    }
  }
  expect(found).toEqual(sorted.map(({ company_name }) => company_name))
})

async function filterBy(page: Page, column: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByPlaceholder('Filter by…').fill(column)
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox', { name: new RegExp(`^${value}`) }).check()
  await page.keyboard.press('Escape')
}

async function exported(page: Page, format: string): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download') as Promise<Download>,
    page.getByRole('link', { name: new RegExp(`^${format}`) }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/partnerships.*\.(csv|json)$/)
  return readFile(await download.path(), 'utf8')
}

/** Fields by RFC 4180. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy
  let line: string[] = []
  const body = text.replace(/^\ufeff/, '')
  while (field.lastIndex < body.length) {
    const [, quoted, plain, end] = field.exec(body)!
    line.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === ',') continue
    lines.push(line)
    line = []
  }
  return lines
}

async function namesInDatabase(app: App): Promise<string[]> {
  const found = await queryDatabase<{ name: string }>(
    await app.databaseUrl(),
    `SELECT p.company_name AS name FROM partnership p
     JOIN custom_field_value v ON v.company_uuid = p.company_uuid AND v.owner_uuid = p.uuid
       AND v.label = 'Start date'
     WHERE p.tier_label = 'Gold' AND p.country_label = 'Germany'
       AND extract(year FROM v.date_value AT TIME ZONE 'UTC') = $1`,
    [YEAR],
  )
  return found.map(({ name }) => name).sort()
}

function rows(page: Page) {
  return page.getByRole('table').locator('tbody tr')
}

function chips(page: Page) {
  return page
    .getByRole('list', { name: 'Filters' })
    .getByRole('listitem')
    .filter({ hasNotText: 'Clear all' })
}

async function names(page: Page): Promise<string[]> {
  return rows(page).locator('[data-row-link]').allInnerTexts()
}

async function expectNames(page: Page, expected: string[]): Promise<void> {
  await expect(rows(page)).toHaveCount(expected.length)
  expect((await names(page)).sort()).toEqual(expected)
}
