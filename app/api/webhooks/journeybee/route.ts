import { answerDelivery } from '@/lib/receiver/answer-delivery'
import { refuseMethod } from '@/lib/receiver/refuse-method'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export {
  answerDelivery as POST,
  refuseMethod as GET,
  refuseMethod as HEAD,
  refuseMethod as OPTIONS,
  refuseMethod as PUT,
  refuseMethod as PATCH,
  refuseMethod as DELETE,
}
