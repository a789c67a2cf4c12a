import net from 'node:net'

/**
 * A TCP proxy in front of the test's database, to take it away and give it back. From now on the code
 * under test connects through it; call it before anything has connected.
 */
export async function startDatabaseProxy() {
  const target = new URL(process.env.DATABASE_URL ?? '')
  const sockets = new Set<net.Socket>()
  let hanging = false
  let reached = () => {}

  const server = net.createServer((client) => {
    const upstream = net.connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (bytes) => {
      upstream.write(bytes)
      reached()
    })
    upstream.on('data', (bytes) => client.write(bytes))
    if (hanging) upstream.pause()
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as net.AddressInfo
  const proxied = new URL(target)
  proxied.hostname = '127.0.0.1'
  proxied.port = String(port)
  process.env.DATABASE_URL = proxied.href

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })

  return {
    /** Breaks every connection and refuses new ones. */
    cut: close,
    /** Takes connections again. */
    restore: () => listen(port),
    /** Keeps every connection open and lets no answer through. */
    hang() {
      hanging = true
      for (const socket of sockets) if (socket.remotePort === Number(target.port)) socket.pause()
    },
    /** Those that hang go on hanging, new ones do not. */
    hangNoMore() {
      hanging = false
    },
    resume() {
      hanging = false
      for (const socket of sockets) socket.resume()
    },
    /** Resolves when the code under test next sends something to the database. */
    reached: () => new Promise<void>((resolve) => (reached = resolve)),
    close,
  }
}
