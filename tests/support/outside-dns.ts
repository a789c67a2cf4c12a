import { createSocket, type RemoteInfo } from 'node:dgram'
import { promises as dns } from 'node:dns'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import type { Resolve } from '@/lib/fetching/checked-lookup'

const HEADER_BYTES = 12
const A_RECORD = 1

/**
 * A DNS server whose every name has the given v4 addresses one after another: each question for one is
 * answered with the next, and the last one stays. `resolve` asks it; `asked` counts the questions.
 */
export async function outsideDns(
  ...addresses: string[]
): Promise<{ resolve: Resolve; asked: () => number }> {
  const socket = createSocket('udp4')
  let asked = 0
  socket.on('message', (question: Buffer, from: RemoteInfo) => {
    const address = addresses[Math.min(asked++, addresses.length - 1)]!
    socket.send(answerTo(question, address), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => void socket.close())
  const resolver = new dns.Resolver({ timeout: 1_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return {
    resolve: async (host) =>
      (await resolver.resolve4(host)).map((address) => ({ address, family: 4 })),
    asked: () => asked,
  }
}

// RFC 1035, 4.1: the header and question of the query, then one A record that points back at its name.
function answerTo(question: Buffer, address: string): Buffer {
  const endOfName = question.indexOf(0, HEADER_BYTES) + 1
  const asked = question.subarray(HEADER_BYTES, endOfName + 4)
  const header = Buffer.alloc(HEADER_BYTES)
  question.copy(header, 0, 0, 2)
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(1, 6)
  const record = Buffer.alloc(16)
  record.writeUInt16BE(0xc000 | HEADER_BYTES, 0)
  record.writeUInt16BE(A_RECORD, 2)
  record.writeUInt16BE(1, 4)
  record.writeUInt32BE(0, 6)
  record.writeUInt16BE(4, 10)
  Buffer.from(address.split('.').map(Number)).copy(record, 12)
  return Buffer.concat([header, asked, record])
}
