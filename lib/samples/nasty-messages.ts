import { ACCEPTED, INVALID } from './delivery'
import type { NastyCase, NastyOptions } from './nasty-deliveries'

/** Messages with impossible threads, times, files and texts. */
export function nastyMessages({ source, now }: NastyOptions): NastyCase[] {
  const room = source.uuid('room')
  const message = (
    label: string,
    fields: Record<string, unknown>,
    eventType = 'message_created',
  ): NastyCase => ({
    label,
    eventType,
    body: JSON.stringify({
      message: {
        uuid: source.uuid('message'),
        created_at: now,
        updated_at: now,
        content: 'A nasty sample.',
        room_uuid: room,
        ...fields,
      },
      configuration: [],
    }),
    expected: ACCEPTED,
  })
  const invalid = (label: string, fields: Record<string, unknown>): NastyCase => ({
    ...message(label, fields),
    expected: INVALID,
  })
  const file = (fields: Record<string, unknown>) => ({
    attachments: [{ uuid: source.uuid('asset'), file_name: 'a.pdf', file_size: 1, ...fields }],
  })
  const [self, first, second, deleted] = Array.from({ length: 4 }, () => source.uuid('message'))
  const asset = source.uuid('asset')
  return [
    message('a message that answers itself', { uuid: self, replied_to_message_uuid: self }),
    message('a circle of answers, first half', { uuid: first, replied_to_message_uuid: second }),
    message('a circle of answers, second half', { uuid: second, replied_to_message_uuid: first }),
    message('an answer to a message that never comes', {
      replied_to_message_uuid: source.uuid('message'),
    }),
    message('a deletion of a message that was never seen', { uuid: deleted }, 'message_deleted'),
    message(
      'an edit after the deletion',
      { uuid: deleted, updated_at: now + 1 },
      'message_updated',
    ),
    {
      ...message('a deletion with nothing but the uuid', {}, 'message_deleted'),
      body: JSON.stringify({ message: { uuid: source.uuid('message') } }),
    },
    message('an empty message', { content: '', attachments: [] }),
    message('a message without content', { content: null }),
    message('lone surrogates in a message', { content: 'a\ud83d b\ude00 c\ude00\ud83d' }),
    message('10,000 line breaks', { content: '\n'.repeat(10_000) }),
    message('a javascript: link in a message', { content: 'javascript:alert(1) [x](data:a,b)' }),
    message('a message updated before it was created', { updated_at: now - 86_400_000 }),
    message('times as ISO strings', {
      created_at: new Date(now).toISOString(),
      updated_at: new Date(now).toISOString(),
    }),
    message('a file with a javascript: link', file({ file_url: 'javascript:alert(1)' })),
    message('a file name with a path and bidi overrides', {
      ...file({ file_name: '../../\u202Efdp.exe', mime_type: 'text/html; <b>', file_url: '' }),
    }),
    message('one file twice in a message', {
      attachments: [
        { uuid: asset, file_name: 'a.png' },
        { uuid: asset, file_name: 'b.png' },
      ],
    }),
    message('1,000 attachments', {
      attachments: Array.from({ length: 1_000 }, (_, index) => ({
        uuid: source.uuid('asset'),
        file_name: `file-${index}.txt`,
        file_size: index,
      })),
    }),
    invalid('a negative file size', file({ file_size: -1 })),
    invalid('a file size of half a byte', file({ file_size: 0.5 })),
    invalid('a file size of 2^63', file({ file_size: 2 ** 63 })),
    invalid('a time after the year 9999', { created_at: 9e15 }),
    invalid('a time before 1970', { created_at: -1 }),
    invalid('a time that is a word', { updated_at: 'yesterday' }),
    invalid('content that is a list', { content: ['a', 'b'] }),
    invalid('a message without a room', { room_uuid: null }),
    {
      ...invalid('a message that is null', {}),
      body: '{"message":null,"configuration":[]}',
    },
  ]
}
