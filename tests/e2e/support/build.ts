import { buildApp, isBuilt } from '@/lib/runtime/build-app'
import { generateClient } from '@/lib/runtime/generate-client'

/** Once a run, outside of any test's time limit: the apps under test find the build up to date. */
export default async function build(): Promise<void> {
  await generateClient()
  if (!(await isBuilt())) await buildApp()
}
