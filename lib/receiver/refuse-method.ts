import { recordRejection } from '@/lib/event-log/record-rejection'
import { refuse } from './refuse'

/** Answers a request to the webhook whose method is not POST, and counts it among the rejections. */
export function refuseMethod(): Response {
  recordRejection('wrong_method')
  return refuse('wrong_method')
}
