import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { sampleCurl } from '@/lib/runtime/sample-curl'
import { parseEventBody } from '@/lib/schemas/event-body'

const SECRET = 'integration_11111111-2222-4333-8444-555555555555'
const URL = 'http://127.0.0.1:3000/api/webhooks/journeybee'

/** What `curl` would be called with when the command is pasted into a shell. */
async function argumentsOf(command: string): Promise<string[]> {
  const showArguments = String.raw`curl() { printf '%s\036' "$@"; }`
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', `${showArguments}\n${command}`])
  return stdout.split('\u001e').slice(0, -1)
}

test('the printed command, pasted into a shell, posts an event with a token for an hour', async () => {
  const args = await argumentsOf(await sampleCurl(URL, SECRET))
  expect(args).toContain(URL)
  expect(args).toContain('Content-Type: application/json')

  const authorization = args.find((each) => each.startsWith('Authorization: Bearer '))!
  const token = authorization.slice('Authorization: Bearer '.length)
  const { payload } = await jwtVerify(token, new TextEncoder().encode(SECRET), {
    algorithms: ['HS256'],
  })
  expect(payload.event_id).toBe('partner_created')
  expect(payload.exp! - payload.iat!).toBe(3600)

  const body = JSON.parse(args[args.indexOf('-d') + 1]!)
  expect(parseEventBody('partner_created', body).ok).toBe(true)
})
