import { execFile } from 'node:child_process'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import type { Command } from '@/lib/cli/commands/command'
import { command as list } from '@/lib/cli/commands/events-list'
import { command as show } from '@/lib/cli/commands/events-show'
import { command as tail } from '@/lib/cli/commands/events-tail'
import { db } from '@/lib/db'
import { processVariables } from '@/lib/env'
import { quietTerminal, runCommand, startProgram } from '@/tests/support/run-command'
import { storeEvent } from '@/tests/support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const ids: string[] = []

beforeAll(async () => {
  for (let at = 0; at < 3; at++) {
    ids.push((await storeEvent({ partnershipUuid: `partnership_${at}` })).id)
  }
  const nasty = { eventType: 'odd\u001b[2J\u009b1mtype', status: 'unsupported' as const }
  ids.push((await storeEvent({ ...nasty, body: '{"a":"\u001b]0;x\u0007"}' })).id)
})

const run = (command: Command, ...args: string[]) => runCommand(command, args)

describe('events list', () => {
  test('is a table, newest first, that tells when there is more', async () => {
    const { out, err, exitCode } = await run(list, '--limit', '2', '--type', 'partner_updated')
    expect(
      out
        .split('\n')
        .slice(1, -1)
        .map((line) => line.trim().split('  ').at(-1)),
    ).toEqual(['partnership_2', 'partnership_1'])
    expect(err).toBe('There are more: --limit was 2.\n')
    expect(exitCode).toBe(0)
  })

  test('is a JSON object a line for programs', async () => {
    const { out } = await run(list, '--json')
    const events = out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { id: string })
    expect(events.map(({ id }) => id)).toEqual([...ids].reverse())
  })

  test('writes nothing that a terminal would obey', async () => {
    const table = await run(list)
    const json = await run(list, '--json')
    expect(table.out + json.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })

  test('says that nothing matches, and is done', async () => {
    expect(await run(list, '--error', 'none')).toEqual({
      out: '',
      err: 'No event matches.\n',
      exitCode: 0,
    })
  })

  test.each([
    [['--limit', '0'], '--limit must be'],
    [['--limit', 'all'], '--limit must be'],
    [['--typ', 'x'], 'Unknown option'],
    [['failed'], 'Unexpected argument'],
    [['--status', 'lost'], 'There is no status “lost”'],
    [['--type', ''], '--type is empty.'],
  ])('refuses %j before it connects', (args, sentence) => {
    expect(() => list.prepare(args)).toThrow(sentence)
  })
})

describe('events show', () => {
  test('shows an event with its body, as JSON or as the body alone', async () => {
    const { out } = await run(show, ids[0]!)
    expect(out).toContain('"uuid": "partnership_a"')
    const json = await run(show, ids[0]!.toUpperCase(), '--json')
    expect(JSON.parse(json.out)).toMatchObject({
      id: ids[0],
      body: '{"partnership":{"uuid":"partnership_a"}}',
      claims: { api_key: '[redacted]' },
    })
    expect((await run(show, ids[0]!, '--body')).out).toBe(
      '{"partnership":{"uuid":"partnership_a"}}',
    )
  })

  test('refuses what is no id, and ends with 1 when there is no such event', async () => {
    expect(() => show.prepare([])).toThrow('Which event?')
    expect(() => show.prepare(['1'])).toThrow('“1” is no event’s id.')
    const none = await run(show, '00000000-0000-7000-8000-000000000000')
    expect(none).toMatchObject({ out: '', exitCode: 1 })
  })
})

describe('events tail', () => {
  async function tailed(...args: string[]) {
    const stop = new AbortController()
    const lines: string[] = []
    const out = (text: string) => lines.push(text)
    const { terminal } = quietTerminal({ stop: stop.signal, out })
    const ended = actingAs(user, () => tail.prepare(args)(terminal))
    await vi.waitFor(() => expect(lines).toHaveLength(1), 10_000)
    return {
      lines,
      shows: (text: string) =>
        vi.waitFor(() => expect(lines.at(-1)).toContain(text), { timeout: 10_000 }),
      end: async () => {
        stop.abort()
        return ended
      },
    }
  }

  test('prints what arrives while it runs, under its filter, until it is stopped', async () => {
    const { lines, shows, end } = await tailed('--type', 'partner_created')
    await storeEvent({ eventType: 'message_created', partnershipUuid: 'partnership_other' })
    await storeEvent({ eventType: 'partner_created', partnershipUuid: 'partnership_tailed' })
    await shows('partnership_tailed')
    expect(await end()).toBe(130)
    expect(lines).toHaveLength(2)
  })

  test('prints what was being stored while it began, and nothing that was there', async () => {
    let commit = () => {}
    const committed = new Promise<void>((resolve) => (commit = resolve))
    let begun = () => {}
    const inserted = new Promise<void>((resolve) => (begun = resolve))
    const storing = db().$transaction(
      async (tx) => {
        await tx.$executeRaw`
          INSERT INTO webhook_event (id, event_type, company_uuid, user_uuid, body, claims, token_hash,
            body_hash, secret_fingerprint, body_size, received_at, status, partnership_uuid)
          VALUES (gen_random_uuid(), 'late', 'c', 'u', '{}', '{}', '', '', 'f', 2, now(), 'applied', 'late_one')`
        begun()
        await committed
      },
      { timeout: 30_000 },
    )
    await inserted
    await storeEvent({ eventType: 'late', partnershipUuid: 'there_before' })
    const { lines, shows, end } = await tailed('--type', 'late')
    commit()
    await storing
    await shows('late_one')
    await storeEvent({ eventType: 'late', partnershipUuid: 'one_more' })
    await shows('one_more')
    await end()
    expect(lines.slice(1).join('')).not.toContain('there_before')
    expect(lines).toHaveLength(3)
  })

  test('ends with an error that is no broken connection', async () => {
    const { terminal } = quietTerminal()
    await db().$executeRaw`ALTER TABLE webhook_event RENAME COLUMN body_size TO size_of_body`
    try {
      const ended = actingAs(user, () => tail.prepare([])(terminal))
      await expect(ended).rejects.toThrow(/body_size/)
    } finally {
      await db().$executeRaw`ALTER TABLE webhook_event RENAME COLUMN size_of_body TO body_size`
    }
  })
})

describe('the program', () => {
  function waggle(args: string[], variables: Record<string, string> = {}) {
    return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        ['--import', 'tsx', 'lib/cli/waggle.ts', ...args],
        { env: processVariables(variables) },
        (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
      )
    })
  }

  test('lists events of the database that the settings name', async () => {
    const { code, stdout } = await waggle(['events', 'list', '--json', '--limit', '1'])
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(1)
  })

  test('says in a sentence that the database is out of reach, and ends with 3', async () => {
    const DATABASE_URL = 'postgres://nobody@127.0.0.1:1/none'
    const { code, stderr } = await waggle(['events', 'list'], { DATABASE_URL })
    expect(stderr).toContain("DATABASE_URL can't be used: the connection was refused.")
    expect(stderr).not.toContain(' at ')
    expect(code).toBe(3)
  })

  test('needs no settings for its help, and ends with 2 for what it does not know', async () => {
    const help = await waggle(['events', 'list', '--help'], { DATABASE_URL: 'none' })
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toContain('--since')
    expect(await waggle(['event', 'list'])).toMatchObject({ code: 2, stdout: '' })
    expect(await waggle(['events', 'list', '--since', 'soon'])).toMatchObject({ code: 2 })
  })

  test('goes on when its connections break, and logs beside what it prints', async () => {
    const [started] = await db().$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`
    const { child, written, ended } = startProgram(['events', 'tail', '--json'], {
      LOG_LEVEL: 'warn',
    })
    // This process has asked the same before; its connections are older.
    const cut = async () => {
      const [row] = await db().$queryRaw<{ count: number }[]>`
        SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'waggle'
          AND backend_start > ${started!.at} AND query LIKE '%WHERE e.seq >%' AND pid <> pg_backend_pid()`
      expect(row?.count).toBeGreaterThan(0)
    }
    try {
      await vi.waitFor(cut, { timeout: 20_000, interval: 100 })
      await vi.waitFor(() => expect(written.err).toContain('connection broke'), 10_000)
      await storeEvent({ eventType: 'partner_created', partnershipUuid: 'after_the_break' })
      await vi.waitFor(() => expect(written.out).toContain('after_the_break'), 10_000)
      child.kill('SIGINT')
      expect(await ended).toBe(130)
    } finally {
      child.kill('SIGKILL')
    }
    for (const line of written.out.trim().split('\n')) {
      expect(JSON.parse(line)).toHaveProperty('eventType')
    }
  })
})
