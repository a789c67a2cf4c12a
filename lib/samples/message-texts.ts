import type { SampleSource } from './sample-source'

const OPENERS = [
  'Hello! I wanted to follow up on our partnership discussion from last week.',
  'Could you have a look at {thing} before {day}?',
  'We have {thing} ready; the numbers for {product} look better than last quarter.',
  'Kick-off for {product} is on {day} at 10:00. Who joins from your side?',
  'Two of our customers asked about {product}. Shall we set up a joint call?',
  'Reminder: {thing} is due on {day}.',
  'I have uploaded {thing}. Comments are welcome until {day}.',
  'Our legal team has three small changes to the agreement:\n1. payment terms\n2. notice period\n3. use of the logo',
  'Is {product} available in the EU region yet?\n\nWe would like to start the pilot with 25 seats.',
  'The integration test failed with status 422, request id req-{number}. Logs attached where I have them.',
  'Congratulations on the certification 🎉 {number} points is the best result so far 👏🏽',
  'Guten Morgen, können wir {day} über {product} sprechen?',
  '来週、{product} についてお打ち合わせできますか。',
  'هل يمكننا مناقشة {product} هذا الأسبوع؟',
  'See https://docs.waggle-sample.example/{number} for the steps.',
] as const

const REPLIES = [
  'Thanks, that works for us.',
  'Sounds good 👍',
  'Let me check with {person} and come back to you on {day}.',
  'I would rather move it to {day}: {person} is travelling.',
  'Done. {thing} is in the shared folder now.',
  'We agreed on {number} seats, didn’t we?',
  '+1 from our side.',
  'Not yet. The blocker is {product}; our engineers expect a fix by {day}.',
  'Could you send {thing} again? The file would not open here.',
  'Perfect, then I will tell {person}.\n\nBest regards',
  'Danke!',
  '了解しました。',
] as const

const THINGS = [
  'the draft agreement',
  'the price list',
  'the co-marketing plan',
  'the pipeline review',
  'the security questionnaire',
  'the launch checklist',
] as const

const PRODUCTS = ['Core', 'Insights', 'Connect', 'Mobile', 'Enterprise'] as const
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const

/** What somebody writes in a partnership room: an opening message or an answer. */
export function writeMessage(source: SampleSource, isReply: boolean): string {
  const template = source.pick(isReply ? REPLIES : OPENERS)
  return template.replace(/\{(\w+)\}/g, (_, slot: string) => fillSlot(source, slot))
}

function fillSlot(source: SampleSource, slot: string): string {
  switch (slot) {
    case 'thing':
      return source.pick(THINGS)
    case 'product':
      return source.pick(PRODUCTS)
    case 'day':
      return source.pick(DAYS)
    case 'person':
      return source.faker.person.firstName()
    default:
      return String(source.int(100, 99_999))
  }
}
