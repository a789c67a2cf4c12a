import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Holds a page, as it is now, against the rules of WCAG 2.2 AA and good practice that a program can check. */
export async function expectNoViolations(page: Page, where: string): Promise<void> {
  // Within the app a page's title comes a moment after its content.
  await expect(page).toHaveTitle(/\S/)
  const { violations } = await new AxeBuilder({ page })
    // Before the tags: it replaces what was chosen.
    .options({ resultTypes: ['violations'] })
    .withTags(RULES)
    // A table's rows are drawn alike: those after the twentieth say nothing new, and cost most of the time.
    .exclude('tbody tr:nth-child(n+21)')
    // No page frames another origin; otherwise each look would open a page of its own.
    .setLegacyMode()
    .analyze()
  const told = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.any[0]?.message ?? ''}`),
  }))
  expect(told, where).toEqual([])
}
