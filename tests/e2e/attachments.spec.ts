import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { App } from './support/app'
import { startFileServer, type FileServer } from './support/file-server'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { CLAIMS, postEvent, signToken } from './support/webhook'

// The list must hold nothing but what these tests send.
test.use({
  appFor: 'the tests of attachments',
  // Said by a browser that was led to a page in disguise: it was refused, and nothing in it could run.
  expectedConsoleErrors: [/status of 415|Blocked script execution/],
})

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
)
const PDF = Buffer.from(
  `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`,
)
const ATTACK = '<script>document.title = "run"; parent.document.title = "run"</script>'
const FILES: Record<string, Buffer> = {
  'photo.png': PNG,
  'plan.pdf': PDF,
  'notes.txt': Buffer.from('first line\n<b>second line</b>\n'),
  'page.html': Buffer.from(`<!doctype html>${ATTACK}`),
  'drawing.svg': Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${ATTACK}</svg>`),
  'mask.png': Buffer.from(`<!doctype html>${ATTACK}`),
}

let files: FileServer
let isThere = false

test.beforeAll(async ({ app }) => {
  files = await startFileServer((request, response) => {
    const name = request.url!.slice(1)
    const content = FILES[name] ?? (isThere ? Buffer.from('here at last') : undefined)
    // The worst that a host can say of its files.
    response.writeHead(content ? 200 : 404, { 'content-type': 'text/html' }).end(content)
  })
  const claims = { event_id: 'message_created' }
  const token = await signToken({ secret: await app.secret(), claims })
  const attachments = [...Object.keys(FILES), 'late.txt'].map((name) => ({
    uuid: `asset_${name}`,
    file_name: name,
    file_size: 10,
    mime_type: name.endsWith('.pdf') ? 'application/pdf' : null,
    file_url: `${files.url}/${name}`,
  }))
  const response = await postEvent(app.webhookUrl, token, {
    message: {
      uuid: 'message_files',
      room_uuid: 'room_files',
      content: 'All of them',
      created_at: Date.UTC(2026, 0, 5),
      updated_at: Date.UTC(2026, 0, 5),
      created_by_user_uuid: 'user_ada',
      attachments,
    },
  })
  expect(response.status).toBe(200)
})

test.afterAll(() => files.close())

test.beforeEach(async ({ app, page }) => {
  // Everything that the browser asks for, it asks Waggle for.
  await page.route('**', (route) =>
    ofBrowser(route.request().url()) || route.request().url().startsWith(app.url)
      ? route.continue()
      : route.abort(),
  )
  await signIn(page, app)
})

// Its viewer of PDFs is made of such parts.
function ofBrowser(url: string): boolean {
  return /^chrome(-extension|-untrusted)?:/.test(url)
}

async function openLibrary(app: App, page: Page): Promise<void> {
  await expect(async () => {
    await page.goto(`${app.url}/attachments`)
    await expect(page.getByText('Archived')).toHaveCount(6, { timeout: 1_000 })
    await expect(page.getByText('Failed', { exact: true })).toHaveCount(1, { timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

test('an image is seen, from here, in the library and in its room', async ({ app, page }) => {
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).origin))
  await openLibrary(app, page)
  for (const address of ['/attachments', `/rooms/room_files?company=${CLAIMS.company_uuid}`]) {
    await page.goto(app.url + address)
    await page.getByRole('button', { name: 'photo.png (preview)' }).click()
    const image = page.getByRole('dialog', { name: 'photo.png' }).getByRole('img')
    await expect(image).toBeVisible()
    await expect.poll(() => image.evaluate((each: HTMLImageElement) => each.naturalWidth)).toBe(2)
    expect(await image.evaluate((each: HTMLImageElement) => each.currentSrc)).toContain(
      `${app.url}/api/attachments/`,
    )
    await expectNoViolations(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'photo.png (preview)' })).toBeFocused()
  }
  await expect(page.locator(`[href^="${files.url}"], [src^="${files.url}"]`)).toHaveCount(0)
  expect([...hosts]).toEqual([new URL(app.url).origin])
})

test('a PDF is shown and saved byte for byte, under its name', async ({ app, page }) => {
  await openLibrary(app, page)
  const shown = page.waitForResponse((each) => each.url().includes('as=preview'))
  await page.getByRole('button', { name: 'plan.pdf (preview)' }).click()
  expect((await shown).headers()['content-type']).toBe('application/pdf')
  const dialog = page.getByRole('dialog', { name: 'plan.pdf' })
  await expect(dialog.locator('iframe')).toBeVisible()
  const saving = page.waitForEvent('download')
  await dialog.getByRole('link', { name: 'Download' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('plan.pdf')
  expect((await readFile(await saved.path())).equals(PDF)).toBe(true)
})

test('a text is read as text, and so is a page or a drawing: nothing in them runs', async ({
  app,
  page,
}) => {
  await openLibrary(app, page)
  for (const [name, text] of [
    ['notes.txt', '<b>second line</b>'],
    ['page.html', ATTACK],
    ['drawing.svg', ATTACK],
  ] as const) {
    await page.getByRole('button', { name: `${name} (preview)` }).click()
    const content = page.getByRole('region', { name: `Content of ${name}` })
    await expect(content).toContainText(text)
    await expect(content.locator('b, script, svg')).toHaveCount(0)
    await expectNoViolations(page)
    await page.keyboard.press('Escape')
  }
  // What calls itself an image is what its bytes are: text, which is only saved or read.
  for (const name of ['mask.png', 'page.html', 'drawing.svg']) {
    const query = `company=${CLAIMS.company_uuid}&message=message_files&as=preview`
    const address = `${app.url}/api/attachments/asset_${name}?${query}`
    expect((await page.request.get(address)).status()).toBe(415)
    await page.goto(address)
    expect(await page.title()).not.toBe('run')
  }
})

test('a file that could not be had says why, and is there after another try', async ({
  app,
  page,
}) => {
  await openLibrary(app, page)
  const row = page.getByRole('row').filter({ hasText: 'late.txt' })
  await expect(row).toContainText('Its host answered 404: it is no longer there.')
  isThere = true
  await row.getByRole('button', { name: 'Try again: late.txt' }).click()
  // Without a reload.
  await expect(row.getByText('Archived')).toBeVisible()
  await row.getByRole('button', { name: 'late.txt (preview)' }).click()
  await expect(page.getByRole('region', { name: 'Content of late.txt' })).toContainText(
    'here at last',
  )
})
