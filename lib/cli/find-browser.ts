import { accessSync, constants, readFileSync } from 'node:fs'
import path from 'node:path'
import { processVariables } from '@/lib/env'

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
]

/** The path of a Chromium or Chrome that is installed on this machine; undefined when there is none. */
export function findInstalledBrowser(): string | undefined {
  const directories = (processVariables().PATH ?? '').split(path.delimiter)
  const onPath = PROGRAMS.flatMap((name) => directories.map((each) => path.join(each, name)))
  return [...onPath, ...ELSEWHERE].find(isExecutable)
}

/** Whether a browser can be installed here with apt: on Debian and its derivatives, as root. */
export function canInstallWithApt(): boolean {
  if (process.getuid?.() !== 0) return false
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/** Whether a file is there and can be run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
