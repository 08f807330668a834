/** A way to a running suite that can be cut, as a network does it: the socket is dropped, nobody says goodbye. */
import { connect, createServer } from 'node:net'

export async function wayTo(address) {
  const to = new URL(address)
  const webSockets = new Set()
  let connections = 0
  const server = createServer(near => {
    const far = connect(Number(to.port || 80), to.hostname)
    near.once('data', first => {
      if (!/^upgrade: *websocket/im.test(first.toString('latin1'))) return
      connections++
      webSockets.add(near)
      near.once('close', () => webSockets.delete(near))
    })
    near.pipe(far).pipe(near)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ])
      one.on('error', () => other.destroy()).on('close', () => other.destroy())
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(address)
  url.hostname = '127.0.0.1'
  url.port = String(server.address().port)
  return {
    url: url.href,
    connections: () => connections,
    cut: () => {
      for (const socket of webSockets) socket.destroy()
    },
    stop: () => server.close(),
  }
}
