import type { Page } from '@playwright/test'
import { expectNoViolations } from './support/expect-no-violations'
import { sendPartnerships } from './support/partnerships'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { untilTableWorks } from './support/until-keys-work'

test.use({ appFor: 'the table of lists' })

const NASTY = [
  '🐝🏳️‍🌈 tier',
  'x'.repeat(10_000),
  '__proto__',
  `"'<b>&amp;~%7E,:`,
  '=cmd()|calc',
  'שלום ‮عالم',
]

test.beforeAll(async ({ app }) => {
  const partnerships = Array.from({ length: 12 }, (_, n) => ({
    uuid: `partnership_${n}`,
    company_name: `Numbat ${String(n).padStart(2, '0')}`,
    tier_label: NASTY[n % NASTY.length],
    custom_fields: [
      {
        uuid: '__proto__',
        label: NASTY[n % NASTY.length],
        type: 'select',
        value: { select: 1 },
        options: NASTY.map((label, id) => ({ id: id + 1, label })),
      },
    ],
  }))
  await sendPartnerships(app, 'company~grid:,"', partnerships)
})

test.beforeEach(async ({ app, page }) => {
  await signIn(page, app)
  await page.goto(`${app.url}/partnerships`)
  await expect(rows(page)).toHaveCount(12)
})

test('rows are walked, selected, let go of and opened by keyboard', async ({ page }) => {
  await untilTableWorks(page)
  for (const key of ['j', 'x', 'j', 'j', 'Shift+X']) await page.keyboard.press(key)
  const selection = page.getByRole('toolbar', { name: 'Selection' })
  await expect(selection).toContainText('3 partnerships selected')
  await expect(rows(page).nth(1).getByRole('checkbox')).toBeChecked()
  await expect(rows(page).nth(3).getByRole('checkbox')).toBeChecked()
  await expect(rows(page).nth(4).getByRole('checkbox')).not.toBeChecked()
  await page.keyboard.press('Escape')
  await expect(selection).toBeHidden()

  await page.getByRole('checkbox', { name: 'Select all partnerships of this page' }).check()
  await expect(selection).toContainText('12 partnerships selected')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Numbat 00')
})

test('a column is drawn wider, by pointer and by key, and its width stays in the address', async ({
  page,
}) => {
  const header = page.getByRole('columnheader', { name: /^Stage/ })
  const end = page.getByRole('separator', { name: 'Width of Stage' })
  const width = async () => (await header.boundingBox())!.width
  await untilTableWorks(page)
  const before = await width()
  const { x, y } = (await end.boundingBox())!
  await page.mouse.move(x + 4, y + 10)
  await page.mouse.down()
  await page.mouse.move(x + 64, y + 10, { steps: 3 })
  await page.mouse.up()
  await expect(page).toHaveURL(/stage%3A/)
  await expect.poll(width).toBe(before + 60)
  await end.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(new RegExp(`stage%3A${before + 92}`))
  await page.reload()
  await expect.poll(width).toBe(before + 92)
  await end.dblclick()
  await expect(page).not.toHaveURL(/stage/)
  await expect.poll(width).toBe(before)
})

test('columns are put in another order by keyboard and taken away, and rows stand closer', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Display' }).click()
  const display = page.getByRole('dialog', { name: 'Display' })
  await display.getByRole('button', { name: 'Move Tier up' }).focus()
  await page.keyboard.press('Enter')
  await display.getByRole('checkbox', { name: 'Category' }).uncheck()
  await display.getByText('Compact').click()
  await expect(page).toHaveURL(/density=compact/)
  await page.keyboard.press('Escape')
  await page.reload()
  const headers = page.getByRole('columnheader')
  await expect(headers.nth(1)).toContainText('Tier')
  await expect(headers.nth(2)).toContainText('Stage')
  await expect(page.getByRole('columnheader', { name: /^Category/ })).toHaveCount(0)
  expect((await rows(page).first().boundingBox())!.height).toBeLessThan(30)
})

test('a link of a row opens its page without loading the application anew', async ({ page }) => {
  await untilTableWorks(page)
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
  await rows(page).nth(2).getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Numbat 02' })).toBeVisible()
  expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
  await page.goBack()
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    rows(page)
      .nth(3)
      .getByRole('link')
      .first()
      .click({ modifiers: ['ControlOrMeta'] }),
  ])
  await expect(opened.getByRole('heading', { level: 1, name: 'Numbat 03' })).toBeVisible()
  await expect(rows(page)).toHaveCount(12)
})

test('whatever a label says, its rows are found by it', async ({ page }) => {
  test.slow()
  for (const label of NASTY) {
    const shown = label.slice(0, 200)
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByPlaceholder('Filter by…').fill('tier')
    await page.keyboard.press('Enter')
    const values = page.getByRole('dialog', { name: 'Filter by Tier' })
    await values.getByRole('searchbox').fill(shown.slice(0, 150))
    await values.getByRole('checkbox').first().check()
    await page.keyboard.press('Escape')
    await expect(rows(page)).toHaveCount(2)
    expect(new URL(page.url()).searchParams.getAll('filter')).toHaveLength(1)
    await page.reload()
    await expect(rows(page)).toHaveCount(2)
    await page.getByRole('button', { name: 'Clear all' }).click()
    await expect(rows(page)).toHaveCount(12)
  }
})

test('what an address says wrongly is refused, never read as “show all”', async ({ app, page }) => {
  for (const query of [
    'filter=tier',
    'filter=tier~like~Gold',
    'filter=tier~any',
    'filter=tier~between~1~2',
    'filter=__proto__~is~x',
    'filter=contacts~between~a~',
    'filter=changed~between~2026-02-30~',
    'filter=changed~within~for-ever',
    'filter=field~company~nothing~is~x',
    'sort=hasOwnProperty',
    'columns=name,name',
    'columns=stage:9',
    'density=huge',
    'tier=Gold',
    'view=00000000-0000-7000-8000-000000000000',
  ]) {
    await page.goto(`${app.url}/partnerships?${query}`)
    await expect(page.getByText("This address can't be shown"), query).toBeVisible()
    await expect(page.getByRole('table'), query).toHaveCount(0)
  }
  await page.getByRole('link', { name: 'All partnerships' }).click()
  await expect(rows(page)).toHaveCount(12)
})

test('a list opens with the view that was made its default, and with everything again', async ({
  app,
  page,
}) => {
  await page.goto(`${app.url}/partnerships?q=numbat+03`)
  await expect(rows(page)).toHaveCount(1)
  await save(page, 'Only one')
  await expect(page.getByRole('button', { name: /^View:/ })).toContainText('Only one')
  // The name is taken: what was typed stays.
  await save(page, 'Only one')
  await expect(page.getByText('Another view of this list has this name.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name of the view' })).toHaveValue('Only one')
  await page.keyboard.press('Escape')

  await chooseOfView(page, 'Open the list with this view')
  await expect(page.getByText('The list opens with this view.')).toBeVisible()
  await page.goto(`${app.url}/partnerships`)
  await expect(page).toHaveURL(/q=numbat\+03/)
  await expect(rows(page)).toHaveCount(1)

  await page.getByRole('searchbox', { name: 'Search partnerships' }).fill('')
  await expect(rows(page)).toHaveCount(12)
  await expect(page).toHaveURL(/view=all/)
  await page.goto(`${app.url}/partnerships`)
  await chooseOfView(page, 'Open the list without a view')
  await expect(page.getByText('The list opens with everything again.')).toBeVisible()
  await chooseOfView(page, 'Delete…')
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('View deleted.')).toBeVisible()
  await page.goto(`${app.url}/partnerships`)
  await expect(rows(page)).toHaveCount(12)
})

for (const theme of ['light', 'dark'] as const) {
  test(`the open panels have no violations, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await expect(page.getByPlaceholder('Filter by…')).toBeVisible()
    await expectNoViolations(page, 'columns')
    await page.getByPlaceholder('Filter by…').fill('tier')
    await page.keyboard.press('Enter')
    await page.getByRole('checkbox', { name: /__proto__/ }).check()
    await expect(rows(page)).toHaveCount(2)
    await expectNoViolations(page, 'values')
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expectNoViolations(page, 'a chip and a selection')
    for (const name of ['Display', 'Export', /^View:/]) {
      await page.getByRole('button', { name }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectNoViolations(page, String(name))
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
  })
}

async function save(page: Page, name: string): Promise<void> {
  await chooseOfView(page, 'Save as a new view…')
  await page.getByRole('textbox', { name: 'Name of the view' }).fill(name)
  await page.keyboard.press('Enter')
}

async function chooseOfView(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: /^View:/ }).click()
  await page.getByRole('button', { name: action }).click()
}

function rows(page: Page) {
  return page.getByRole('table').locator('tbody tr')
}
