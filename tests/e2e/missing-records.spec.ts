import { signIn } from './support/sign-in'
import { expect, test } from './support/test'

// A browser tells of the status that these tests are about.
test.use({ expectedConsoleErrors: [/404 \(Not Found\)/] })

const MISSING = [
  ['/partnerships/nobody', 'Nothing is stored under this address'],
  ['/contacts/nobody', 'Nothing is stored under this address'],
  ['/custom-fields/nothing', 'Nothing is stored under this address'],
  ['/rooms/room_never', 'No such room'],
  ['/rooms/room_never?company=company_never', 'No such room'],
  ['/events/00000000-0000-7000-8000-000000000000', 'There is no event with this id'],
  ['/replays/x', 'There is no replay with this id'],
  ['/redeliveries/x', 'There is no run, or no delivery in it, with this id'],
  ['/destinations/x', 'There is no destination with this id'],
] as const

for (const [address, text] of MISSING) {
  test(`${address} is answered with 404 and says that there is nothing`, async ({ app, page }) => {
    await signIn(page, app)
    const response = await page.goto(app.url + address)
    expect(response?.status()).toBe(404)
    await expect(page.getByText(text)).toBeVisible()
  })
}
