import { expect, test } from 'vitest'
import { eventSubjects } from '@/components/events/event-subjects'

const none = { messageUuid: null, contactUuid: null, roomUuid: null, partnershipUuid: null }

test('a message event leads to its message, its room and its partnership, in this order', () => {
  const subjects = eventSubjects({
    ...none,
    companyUuid: 'company a',
    messageUuid: 'message/1',
    roomUuid: 'room_1',
    partnershipUuid: 'partnership_1',
  })
  expect(subjects).toEqual([
    {
      kind: 'Message',
      uuid: 'message/1',
      href: '/rooms/room_1?company=company%20a&message=message%2F1#message-message%2F1',
    },
    { kind: 'Room', uuid: 'room_1', href: '/rooms/room_1?company=company%20a' },
    {
      kind: 'Partnership',
      uuid: 'partnership_1',
      href: '/partnerships/partnership_1?company=company%20a',
    },
  ])
})

test('a message without its room is named but leads nowhere', () => {
  const event = { ...none, companyUuid: 'company_a', messageUuid: 'message_1' }
  expect(eventSubjects(event)).toEqual([{ kind: 'Message', uuid: 'message_1', href: null }])
})

test('an event may be about nothing that has a page', () => {
  expect(eventSubjects({ ...none, companyUuid: 'company_a' })).toEqual([])
})
