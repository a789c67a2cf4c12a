import { describe, expect, test } from 'vitest'
import type { StoredEvent } from '@/lib/event-log/stored-event'
import type { Changes } from '@/lib/projections/changes'
import { projectEvent } from '@/lib/projections/project-event'
import { EVENT_TYPES } from '@/lib/schemas/event-types'
import { attachment, contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'

const IAT = new Date('2026-03-01T10:00:00Z')
const RECEIVED = new Date('2026-03-01T10:00:05Z')

function stored(eventType: string, body: unknown, more: Partial<StoredEvent> = {}): StoredEvent {
  return {
    seq: 7n,
    id: '01900000-0000-7000-8000-000000000000',
    eventType,
    companyUuid: 'company_1',
    userUuid: 'user_1',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    tokenIat: IAT,
    receivedAt: RECEIVED,
    ...more,
  }
}

function project(eventType: string, body: unknown, more: Partial<StoredEvent> = {}): Changes {
  const result = projectEvent(stored(eventType, body, more))
  if (!result.ok) throw new Error(result.message)
  return result.changes
}

const BODIES: Record<(typeof EVENT_TYPES)[number], unknown> = {
  partner_created: partnershipBody(),
  partner_updated: partnershipBody(),
  partner_contact_created: contactBody(),
  partner_contact_updated: contactBody(),
  message_created: messageBody(),
  message_updated: messageBody(),
  message_deleted: messageBody(),
}

test.each(EVENT_TYPES)('%s has a projection, and the same event always gives the same', (type) => {
  const changes = project(type, BODIES[type])
  expect(Object.values(changes).flat()).not.toEqual([])
  expect(project(type, BODIES[type])).toEqual(changes)
})

test('what an event depends on is left as it was', () => {
  const event = stored('partner_created', partnershipBody())
  const before = structuredClone(event)
  projectEvent(event)
  expect(event).toEqual(before)
})

describe('an event that can not be projected says why', () => {
  test.each([
    ['deal_created', {}, 'unsupported', 'unsupported_type'],
    ['partner_created', '[]', 'invalid', 'not_json'],
    ['partner_created', 'null', 'invalid', 'not_json'],
    ['partner_created', '{"a":', 'invalid', 'not_json'],
    ['partner_created', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`, 'invalid', 'too_deep'],
    ['partner_created', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'invalid', 'too_deep'],
    ['message_created', messageBody({ room_uuid: null }), 'invalid', 'schema_mismatch'],
    ['message_created', messageBody({ updated_at: 1e20 }), 'invalid', 'schema_mismatch'],
    ['partner_contact_created', { partnership: {} }, 'invalid', 'schema_mismatch'],
  ])('%s %#', (type, body, outcome, code) => {
    expect(projectEvent(stored(type, body))).toMatchObject({ ok: false, outcome, code })
  })
})

describe('the version of a row', () => {
  test("is the token's time for partnerships, contacts and settings, and the arrival's without one", () => {
    const configuration = [{ id: 'section', selected: [{ id: 'setting', value: 'on' }] }]
    const body = { ...partnershipBody({}, configuration), ...contactBody() }
    for (const type of ['partner_created', 'partner_contact_created']) {
      for (const row of Object.values(project(type, body)).flat()) {
        expect(row).toMatchObject({ occurredAt: IAT, eventSeq: 7n })
      }
      for (const row of Object.values(project(type, body, { tokenIat: null })).flat()) {
        expect(row).toMatchObject({ occurredAt: RECEIVED })
      }
    }
  })

  test("is the message's own updated_at for messages, rooms and authors", () => {
    const { messages, rooms, authors } = project('message_updated', messageBody({ updated_at: 99 }))
    expect(messages).toMatchObject([{ content: { occurredAt: new Date(99) }, deletion: null }])
    expect(rooms).toMatchObject([{ uuid: 'room_1', occurredAt: new Date(99) }])
    expect(authors).toMatchObject([{ uuid: 'user_1', occurredAt: new Date(99) }])
  })

  test("of a deletion without updated_at is the token's time", () => {
    const { messages } = project('message_deleted', messageBody({ updated_at: null }))
    expect(messages).toMatchObject([{ deletion: { occurredAt: IAT, eventSeq: 7n } }])
  })
})

describe('a deleted message', () => {
  test('counts as content too where it names its room and its time', () => {
    const { messages, rooms } = project('message_deleted', messageBody({ updated_at: 5_000 }))
    expect(messages).toMatchObject([
      { content: { roomUuid: 'room_1', content: 'Hello' }, deletion: { eventSeq: 7n } },
    ])
    expect(rooms).toHaveLength(1)
  })

  test.each([[{ room_uuid: null }], [{ created_at: null }]])(
    'is only a tombstone without them: %j',
    (missing) => {
      const { messages, rooms } = project('message_deleted', messageBody(missing))
      expect(messages).toMatchObject([{ content: null, deletion: { eventSeq: 7n } }])
      expect(rooms).toEqual([])
    },
  )
})

describe('a message', () => {
  test('is edited when it was updated after it was created', () => {
    const edited = (times: Record<string, number>) =>
      project('message_updated', messageBody(times)).messages[0]?.content?.edited
    expect(edited({ created_at: 5, updated_at: 6 })).toBe(true)
    expect(edited({ created_at: 5, updated_at: 5 })).toBe(false)
    expect(edited({ created_at: 6, updated_at: 5 })).toBe(false)
  })

  test('keeps its attachments in order; of one that stands twice the last', () => {
    const attachments = [attachment('a'), attachment('b'), attachment('a', { file_name: 'new' })]
    const { messages } = project('message_created', messageBody({ attachments }))
    expect(messages[0]?.content?.attachments).toMatchObject([
      { uuid: 'b', position: 1 },
      { uuid: 'a', position: 2, fileName: 'new' },
    ])
  })

  test('says nothing about an author of whom it has only the uuid', () => {
    const body = messageBody({ created_by_user_email: null })
    const { messages, authors } = project('message_created', body)
    expect(messages[0]?.content?.authorUuid).toBe('user_1')
    expect(authors).toEqual([])
  })
})

describe('custom fields', () => {
  test('may be without a value', () => {
    const custom_fields = [{ uuid: 'a', type: 'text' }]
    const { partnerships } = project('partner_updated', partnershipBody({ custom_fields }))
    expect(partnerships[0]?.customFieldValues).toMatchObject([{ textValue: null, raw: null }])
  })

  test('of one that stands twice in a snapshot the last counts, at its own place', () => {
    const custom_fields = [
      { uuid: 'a', label: 'Old', type: 'text', value: { text: '1' } },
      { uuid: 'b', label: 'B', type: 'number', value: { number: 1e3 } },
      { uuid: 'a', label: 'New', type: 'boolean', value: { boolean: true } },
    ]
    const { partnerships, customFields } = project(
      'partner_updated',
      partnershipBody({ custom_fields }),
    )
    expect(partnerships[0]?.customFieldValues).toMatchObject([
      { fieldUuid: 'b', position: 1, numberValue: 1000 },
      { fieldUuid: 'a', position: 2, label: 'New', booleanValue: true, textValue: null },
    ])
    expect(customFields.map(({ uuid, type }) => [uuid, type])).toEqual([
      ['b', 'number'],
      ['a', 'boolean'],
    ])
  })

  test('keep their value as it was sent, made storable', () => {
    const json = '{"text":"a\\u0000","__proto__":{"x":1e400}}'
    const body = JSON.stringify(
      partnershipBody({ custom_fields: [{ uuid: 'a', type: 'text', value: '@' }] }),
    ).replace('"@"', json)
    const raw = project('partner_created', body).partnerships[0]?.customFieldValues[0]?.raw
    expect(JSON.stringify(raw)).toBe('{"text":"a\uFFFD","__proto__":{"x":null}}')
  })

  test('of contacts have definitions and values as those of partnerships do', () => {
    const custom_fields = [
      {
        uuid: 'a',
        label: 'Size',
        type: 'select',
        value: { select: 1 },
        options: [{ id: 1, label: 'L' }],
      },
    ]
    const { contacts, customFields } = project(
      'partner_contact_updated',
      contactBody({ custom_fields }),
    )
    expect(contacts[0]?.customFieldValues).toMatchObject([
      { fieldUuid: 'a', optionIds: ['1'], optionLabels: ['L'] },
    ])
    expect(customFields).toMatchObject([{ uuid: 'a', options: [{ id: '1', label: 'L' }] }])
  })
})

test('every contact in an event is projected, wherever it stands, and each of them once', () => {
  const { contacts } = project('partner_contact_created', {
    contact: { uuid: 'a', first_name: 'Old' },
    partner_contact: { id: 5 },
    partnership: {
      uuid: 'p',
      contacts: [{ email: ' Ann@X.test ' }, { uuid: 'a', first_name: 'New' }],
    },
  })
  expect(contacts.map((contact) => [contact.uuid, contact.partnershipUuid])).toEqual([
    ['a', 'p'],
    ['id:5', 'p'],
    ['email:ann@x.test', 'p'],
  ])
  expect(contacts[0]?.firstName).toBe('New')
})

test('a setting becomes text whatever it is; of one that stands twice the last counts', () => {
  const selected = [
    { id: 'text', value: 'old' },
    { id: 'text', value: 'new\u0000' },
    { id: 'number', value: 5 },
    { id: 'nothing', value: null },
    { id: 'absent' },
    { id: 'list', value: ['a', { b: true }] },
  ]
  const { integrationSettings } = project(
    'partner_updated',
    partnershipBody({}, [{ id: 's', selected }]),
  )
  expect(integrationSettings.map(({ settingId, value }) => [settingId, value])).toEqual([
    ['text', 'new\uFFFD'],
    ['number', '5'],
    ['nothing', null],
    ['absent', null],
    ['list', '["a",{"b":true}]'],
  ])
})

test('ids of 200 characters are taken as they are', () => {
  const uuid = 'ü'.repeat(200)
  const { messages } = project('message_created', messageBody({ uuid, room_uuid: uuid }))
  expect(messages).toMatchObject([{ uuid, content: { roomUuid: uuid } }])
})
