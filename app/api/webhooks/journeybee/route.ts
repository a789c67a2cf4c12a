import { answerDelivery, refuseDelivery, type Answer } from '@/lib/receiver/answer-delivery'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

// `npm start` serves deliveries without Next (lib/receiver/serve-delivery.ts); this is the same
// receiver wherever Next serves alone.
export async function POST(request: Request): Promise<Response> {
  return toResponse(await answerDelivery(request))
}

function refuseMethod(): Response {
  return toResponse(refuseDelivery('wrong_method'))
}

function toResponse({ status, headers, body }: Answer): Response {
  return Response.json(body, { status, headers })
}

export {
  refuseMethod as GET,
  refuseMethod as HEAD,
  refuseMethod as OPTIONS,
  refuseMethod as PUT,
  refuseMethod as PATCH,
  refuseMethod as DELETE,
}
