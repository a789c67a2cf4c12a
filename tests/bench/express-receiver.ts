import express from 'express'
import jwt from 'jsonwebtoken'
import pg from 'pg'
import { z } from 'zod'
import { processVariables } from '@/lib/env'

// What the seed pages' own example grows into when it has to keep what it gets: Express, jsonwebtoken
// and one INSERT a request. An ordinary receiver, neither tuned nor hobbled; the benchmark's measure.
const settings = z
  .object({ DATABASE_URL: z.string(), INTEGRATION_UUID: z.string(), PORT: z.coerce.number() })
  .parse(processVariables())

const POOL_SIZE = 10

const pool = new pg.Pool({ connectionString: settings.DATABASE_URL, max: POOL_SIZE })
await pool.query(`
  CREATE TABLE IF NOT EXISTS event (
    id BIGSERIAL PRIMARY KEY,
    event_type TEXT NOT NULL,
    company_uuid TEXT NOT NULL,
    user_uuid TEXT NOT NULL,
    body TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL
  )`)

const app = express()
app.disable('x-powered-by')
app.use(express.json({ limit: '1mb' }))

app.post('/api/webhooks/journeybee', async (request, response) => {
  const token = request.headers.authorization?.split('Bearer ')[1] ?? ''
  let claims: jwt.JwtPayload
  try {
    claims = jwt.verify(token, settings.INTEGRATION_UUID, {
      algorithms: ['HS256'],
    }) as jwt.JwtPayload
  } catch {
    response.status(401).send('Invalid token')
    return
  }
  await pool.query(
    `INSERT INTO event (event_type, company_uuid, user_uuid, body, received_at)
     VALUES ($1, $2, $3, $4, $5)`,
    [
      claims.event_id,
      claims.company_uuid,
      claims.user_uuid,
      JSON.stringify(request.body),
      new Date(),
    ],
  )
  response.status(200).send('OK')
})

const server = app.listen(settings.PORT, '127.0.0.1', () => process.send?.('ready'))

process.on('SIGTERM', () => {
  server.close(() => void pool.end())
  server.closeAllConnections()
})
