import { BINARY_SUBPROTOCOL, SUBPROTOCOL } from '../contract'
import { LinkClient, type Socket } from './linkClient'
import type { Heard, ToPage, ToWorker, Traffic } from './messages'
import { Outbox } from './outbox'

const scope = self as unknown as DedicatedWorkerGlobalScope
const outbox = new Outbox()
let client: LinkClient | null = null
/** One batch at a time: the next leaves when the page has painted the last. */
let pageIsReady = true
let traffic: Omit<Traffic, 'aheadMs'> = noTraffic()

function noTraffic() {
  return { frames: 0, items: 0, merged: 0, bytes: 0, heard: null as Heard | null }
}

function say(message: ToPage): void {
  scope.postMessage(message)
}

function flush(): void {
  if (!pageIsReady || outbox.isEmpty()) return
  pageIsReady = false
  say({ kind: 'changes', changes: outbox.take(), traffic: { ...traffic, aheadMs: client?.aheadMs ?? null } })
  traffic = noTraffic()
}

function openSocket(url: string, binary: boolean): Socket {
  const web = new WebSocket(url, binary ? [BINARY_SUBPROTOCOL, SUBPROTOCOL] : SUBPROTOCOL)
  web.binaryType = 'arraybuffer'
  const socket: Socket = {
    send: text => web.send(text),
    close: () => web.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  }
  web.onopen = () => socket.onopen?.()
  web.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    traffic.frames++
    traffic.bytes += typeof data === 'string' ? data.length : data.byteLength
    socket.onmessage?.(data)
  }
  web.onclose = () => socket.onclose?.()
  return socket
}

function start(url: string, binary: boolean): LinkClient {
  const clock = {
    now: () => Date.now(),
    after: (ms: number, run: () => void) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  }
  const created = new LinkClient(() => openSocket(url, binary), clock, Math.random, {
    link: state => say({ kind: 'link', state }),
    channel: (channel, state) => say({ kind: 'channel', channel, state }),
    replace: channel => outbox.replace(channel),
    put: (item, receivedAt) => {
      traffic.items++
      traffic.merged += Math.max(0, (item.n ?? 1) - 1)
      outbox.put(item, receivedAt)
    },
    frameEnds: heard => {
      traffic.heard ??= heard
      flush()
    },
  })
  created.start()
  return created
}

scope.onmessage = (event: MessageEvent<ToWorker>) => {
  const message = event.data
  switch (message.kind) {
    case 'start':
      client ??= start(message.url, message.binary)
      return
    case 'want':
      outbox.want(message.channels, message.unseen)
      client?.want(message.channels)
      flush()
      return
    case 'hidden':
      client?.hidden(message.value)
      return
    case 'hurry':
      client?.hurry()
      return
    case 'timed':
      client?.timed(message.hops)
      return
    case 'painted':
      pageIsReady = true
      flush()
      return
  }
}
