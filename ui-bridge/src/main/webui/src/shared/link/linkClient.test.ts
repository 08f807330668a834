import { beforeEach, describe, expect, test } from 'vitest'
import type { ClientOp, ControlItem, ValueItem } from '../contract'
import { backoffMs } from './backoff'
import { LinkClient, type Socket } from './linkClient'
import { type ChannelState, type LinkState, liveness } from './linkState'
import vectors from './protocol.binary.json'

class FakeSocket implements Socket {
  readonly sent: ClientOp[] = []
  closed = false
  onopen: (() => void) | null = null
  onmessage: ((message: string | ArrayBuffer) => void) | null = null
  onclose: (() => void) | null = null
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  close() {
    this.closed = true
  }
  take<O extends ClientOp['op']>(op: O): Extract<ClientOp, { op: O }>[] {
    const matches = this.sent.filter(said => said.op === op) as Extract<ClientOp, { op: O }>[]
    this.sent.length = 0
    return matches
  }
  frame(epoch: string, ...items: (ValueItem | ControlItem)[]) {
    this.onmessage?.(JSON.stringify({ t: 'now', epoch, items }))
  }
}

class FakeClock {
  time = 1_000_000
  #timers: { at: number; run: () => void }[] = []
  now = () => this.time
  after = (ms: number, run: () => void) => {
    const timer = { at: this.time + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter(each => each !== timer)
    }
  }
  advance(ms: number) {
    const end = this.time + ms
    for (;;) {
      const next = this.#timers.filter(each => each.at <= end).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#timers = this.#timers.filter(each => each !== next)
      this.time = next.at
      next.run()
    }
    this.time = end
  }
}

let clock: FakeClock
let sockets: FakeSocket[]
let log: string[]
let state: LinkState
let channels: Map<string, ChannelState>
let client: LinkClient

const socket = () => sockets.at(-1) as FakeSocket
const open = () => socket().onopen?.()
/** Lets exactly the backoff pass, so that the next attempt has just begun. */
const waitForAttempt = () => clock.advance(state.phase === 'waiting' ? state.retryAt - clock.time : 0)
const snapshot = (ch: string, v?: number): ControlItem => ({
  op: 'snapshot',
  ch,
  ...(v === undefined ? {} : { v }),
})
const value = (ch: string, k: string, v: number, snap = false): ValueItem => ({
  ch,
  k,
  v,
  ...(snap ? { snap } : {}),
  data: {},
})

beforeEach(() => {
  clock = new FakeClock()
  sockets = []
  log = []
  channels = new Map()
  client = new LinkClient(
    () => {
      sockets.push(new FakeSocket())
      return socket()
    },
    clock,
    () => 1,
    {
      link: next => {
        state = next
      },
      channel: (name, next) => channels.set(name, next),
      replace: name => log.push(`replace ${name}`),
      put: item => log.push(`put ${item.ch} ${item.k} ${item.v}`),
      frameEnds: () => {},
    },
  )
  client.start()
})

describe('subscribing', () => {
  test('what is wanted before the socket is open is subscribed in one message once it is', () => {
    client.want(['quote:ESH4', 'orders:A'])
    expect(socket().sent).toEqual([])
    open()
    expect(
      socket()
        .take('subscribe')
        .map(({ channels }) => channels),
    ).toEqual([['quote:ESH4', 'orders:A']])
  })

  test('only the difference is told', () => {
    client.want(['quote:ESH4', 'orders:A'])
    open()
    socket().sent.length = 0
    client.want(['quote:GCG4', 'orders:A'])
    const [unsubscribe, subscribe] = socket().sent
    expect(unsubscribe).toMatchObject({ op: 'unsubscribe', channels: ['quote:ESH4'] })
    expect(subscribe).toMatchObject({ op: 'subscribe', channels: ['quote:GCG4'] })
    client.want(['quote:GCG4', 'orders:A'])
    expect(socket().sent).toHaveLength(2)
  })

  test('a snapshot voids the channel, then its rows come in', () => {
    client.want(['orders:A'])
    open()
    socket().frame(
      'e1',
      { op: 'subscribed', id: 1 },
      snapshot('orders:A', 7),
      value('orders:A', 'O1', 7, true),
    )
    expect(log).toEqual(['replace orders:A', 'put orders:A O1 7'])
    expect(channels.get('orders:A')).toEqual({ kind: 'following' })
  })

  test('rows marked as a snapshot without the word before them void the channel too, once', () => {
    client.want(['positions:A'])
    open()
    socket().frame('e1', value('positions:A', 'ESH4', 1, true), value('positions:A', 'GCG4', 1, true))
    expect(log).toEqual(['replace positions:A', 'put positions:A ESH4 1', 'put positions:A GCG4 1'])
  })

  test('what nobody wants any more is not passed on', () => {
    client.want(['quote:ESH4'])
    open()
    client.want([])
    socket().frame('e1', snapshot('quote:ESH4'), value('quote:ESH4', '', 1))
    expect(log).toEqual([])
  })

  test('a refusal is told with its reason', () => {
    client.want(['orders:X'])
    open()
    socket().frame('e1', { op: 'error', ch: 'orders:X', reason: 'FORBIDDEN' })
    expect(channels.get('orders:X')).toEqual({ kind: 'refused', reason: 'FORBIDDEN' })
  })

  test('what was refused is asked for again, for it may exist by then', () => {
    client.want(['quote:ESH4'])
    open()
    socket().frame('e1', { op: 'error', ch: 'quote:ESH4', reason: 'UNKNOWN_SYMBOL' })
    socket().sent.length = 0
    clock.advance(5_000)
    expect(socket().take('subscribe')[0]?.channels).toEqual(['quote:ESH4'])
    socket().frame('e1', snapshot('quote:ESH4'), value('quote:ESH4', '', 1, true))
    expect(channels.get('quote:ESH4')).toEqual({ kind: 'following' })
    socket().sent.length = 0
    clock.advance(6_000)
    expect(socket().take('subscribe')).toEqual([])
  })

  test('what is not a frame is ignored', () => {
    client.want(['orders:A'])
    open()
    for (const text of ['', 'null', '[]', '{"items":1}', '{"epoch":"e"}']) socket().onmessage?.(text)
    expect(log).toEqual([])
    expect(state.phase).toBe('open')
  })
})

describe('frames in binary', () => {
  const bytes = (hex: string) =>
    new Uint8Array(hex.match(/../g)?.map(pair => Number.parseInt(pair, 16)) ?? []).buffer

  test('are taken as those in JSON are', () => {
    client.want(['fills:PRACTICE', 'quote:ESH4'])
    open()
    socket().onmessage?.(bytes(vectors.ordersFirst))
    expect(log).toEqual([
      'replace fills:PRACTICE',
      'put fills:PRACTICE E-1 398',
      'put quote:ESH4 undefined 12',
    ])
    expect(channels.get('fills:PRACTICE')).toEqual({ kind: 'following' })
  })

  test('one that cannot be read may have held an order: we come back and resume', () => {
    client.want(['fills:PRACTICE'])
    open()
    socket().onmessage?.(bytes(vectors.ordersFirst))
    const broken = socket()
    clock.advance(2_000)
    broken.onmessage?.(bytes('ff'))
    expect(broken.closed).toBe(true)
    waitForAttempt()
    open()
    expect(socket().take('subscribe')[0]?.channels).toEqual(['fills:PRACTICE'])
  })
})

describe('coming back', () => {
  const reconnect = () => {
    socket().onclose?.()
    waitForAttempt()
    open()
  }

  test('lossless channels resume by epoch and cursor, state channels start over', () => {
    client.want(['orders:A', 'quote:ESH4'])
    open()
    socket().frame(
      'e1',
      snapshot('orders:A', 7),
      value('orders:A', 'O1', 7, true),
      value('quote:ESH4', '', 99, true),
    )
    socket().frame('e1', value('orders:A', 'O1', 9))
    reconnect()
    const [subscribe] = socket().take('subscribe')
    expect(subscribe?.channels).toEqual(['orders:A', 'quote:ESH4'])
    expect(subscribe?.resume).toEqual({ epoch: 'e1', cursors: { 'orders:A': 9 } })
    log.length = 0
    socket().frame('e1', { op: 'resumed', ch: 'orders:A' }, value('orders:A', 'O1', 10))
    expect(log).toEqual(['put orders:A O1 10'])
    expect(channels.get('orders:A')).toEqual({ kind: 'following' })
  })

  test('an empty channel resumes from where its snapshot stood', () => {
    client.want(['fills:A'])
    open()
    socket().frame('e1', snapshot('fills:A', 41))
    clock.advance(4_000)
    socket().frame('e1', { op: 'pong' })
    reconnect()
    expect(socket().take('subscribe')[0]?.resume?.cursors).toEqual({ 'fills:A': 41 })
  })

  test('a snapshot cut off in the middle is not resumed from: its rest was never seen', () => {
    client.want(['orders:A'])
    open()
    socket().frame('e1', snapshot('orders:A', 900), value('orders:A', 'O1', 7, true))
    reconnect()
    expect(socket().take('subscribe')[0]?.resume).toBeUndefined()
  })

  test('after a restart of the bridge its snapshot replaces what we had', () => {
    client.want(['orders:A'])
    open()
    socket().frame('e1', snapshot('orders:A', 7), value('orders:A', 'O1', 7))
    reconnect()
    log.length = 0
    socket().frame('e2', snapshot('orders:A', 3), value('orders:A', 'O1', 3, true))
    expect(log).toEqual(['replace orders:A', 'put orders:A O1 3'])
    socket().frame('e2', value('orders:A', 'O1', 4))
    reconnect()
    expect(socket().take('subscribe')[0]?.resume).toEqual({ epoch: 'e2', cursors: { 'orders:A': 4 } })
  })

  test('a hidden page says so again', () => {
    open()
    client.hidden(true)
    reconnect()
    expect(socket().take('hidden')).toEqual([{ op: 'hidden', value: true }])
  })

  test('tries again later and later, and from the start once the bridge has answered', () => {
    const delays: number[] = []
    const fail = () => {
      socket().onclose?.()
      if (state.phase === 'waiting') delays.push(state.retryAt - clock.time)
      waitForAttempt()
    }
    for (let i = 0; i < 8; i++) fail()
    expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
    // A socket that opens and dies at once proves nothing.
    open()
    fail()
    expect(delays.at(-1)).toBe(10_000)
    open()
    socket().frame('e1', { op: 'pong' })
    fail()
    expect(delays.at(-1)).toBe(250)
  })

  test('does not wait when told that the network is back', () => {
    for (let i = 0; i < 6; i++) {
      socket().onclose?.()
      waitForAttempt()
    }
    socket().onclose?.()
    const before = sockets.length
    client.hurry()
    expect(sockets.length).toBe(before + 1)
    clock.advance(7_000)
    expect(sockets.length).toBe(before + 1)
  })

  test('a connection that takes too long is given up', () => {
    clock.advance(8_001)
    expect(sockets[0]?.closed).toBe(true)
    expect(state.phase).not.toBe('open')
  })
})

describe('resync', () => {
  beforeEach(() => {
    client.want(['orders:A'])
    open()
    socket().frame('e1', snapshot('orders:A', 7), value('orders:A', 'O1', 8))
    socket().sent.length = 0
    log.length = 0
    socket().frame('e1', { op: 'resync', ch: 'orders:A', reason: 'BEHIND' })
  })

  test('the channel is not followed until its snapshot is here', () => {
    expect(channels.get('orders:A')).toEqual({ kind: 'asked' })
    socket().frame('e1', snapshot('orders:A', 20), value('orders:A', 'O1', 20, true))
    expect(log).toEqual(['replace orders:A', 'put orders:A O1 20'])
    clock.advance(6_000)
    expect(socket().take('subscribe')).toEqual([])
  })

  test('a snapshot that does not come is asked for, without a cursor', () => {
    clock.advance(4_999)
    expect(socket().take('subscribe')).toEqual([])
    clock.advance(1)
    expect(socket().take('subscribe')[0]).not.toHaveProperty('resume')
  })
})

describe('the heartbeat', () => {
  test('measures the way there and back', () => {
    open()
    clock.advance(12)
    socket().frame('e1', { op: 'pong' })
    expect(state).toMatchObject({ phase: 'open', rttMs: 12 })
  })

  test('a socket that says nothing is dropped though the browser believes in it', () => {
    open()
    clock.advance(15_500)
    expect(sockets[0]?.closed).toBe(true)
    expect(sockets.length).toBeGreaterThan(1)
  })

  test('stop means no more attempts', () => {
    open()
    client.stop()
    clock.advance(60_000)
    expect(sockets).toHaveLength(1)
    expect(state).toEqual({ phase: 'stopped' })
  })
})

test('backoff is spread over the whole interval and capped', () => {
  expect(backoffMs(3, () => 0)).toBe(0)
  expect(backoffMs(3, () => 0.5)).toBe(1_000)
  expect(backoffMs(50, () => 1)).toBe(10_000)
})

test('what the person is told about the connection', () => {
  const openSince = { phase: 'open', since: 0, heardAt: 1_000, rttMs: 4 } as const
  expect(liveness(openSince, 2_000, true)).toEqual({ kind: 'live', rttMs: 4 })
  expect(liveness(openSince, 9_000, true)).toEqual({ kind: 'stale', ageMs: 8_000 })
  const waiting = { phase: 'waiting', attempt: 1, lostAt: 1_000, retryAt: 9_000 } as const
  expect(liveness(waiting, 4_000, true)).toEqual({ kind: 'reconnecting', ageMs: 3_000 })
  expect(liveness(waiting, 4_000, false).kind).toBe('offline')
  expect(liveness(waiting, 17_000, true).kind).toBe('offline')
  expect(liveness({ phase: 'connecting', attempt: 0, lostAt: null }, 0, true)).toEqual({ kind: 'connecting' })
})
