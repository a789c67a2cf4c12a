import { receiveEvent, type Delivery } from './receive-event'
import { refuse } from './refuse'

/**
 * Receives a delivery and says in HTTP what became of it: 200 with `{ id, status }` once it is stored, else
 * a refusal. It is the webhook's route handler; the server that `npm start` runs calls it as well, so that
 * a delivery need not take Next's way to the route (docs/decisions/14).
 */
export async function answerDelivery(delivery: Delivery): Promise<Response> {
  const result = await receiveEvent(delivery)
  if (result.outcome === 'rejected') return refuse(result.reason)
  return Response.json({ id: result.id, status: result.status })
}
