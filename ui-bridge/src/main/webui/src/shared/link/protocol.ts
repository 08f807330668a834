// Made from docs/protocol/asyncapi.yaml by ProtocolTypesTest. Do not edit.

export type Channels = readonly string[]

export type Subscribe = {
  op: 'subscribe'
  id?: number
  channels: Channels
  /** milliseconds; values outside are brought inside */
  window?: number
  resume?: {
    epoch: string
    cursors: Readonly<Record<string, number>>
  }
}

export type Unsubscribe = {
  op: 'unsubscribe'
  id?: number
  channels: Channels
}

export type Ping = {
  op: 'ping'
  id?: number
}

export type Hidden = {
  op: 'hidden'
  value: boolean
}

export type Timed = {
  op: 'timed'
  /** milliseconds by hop */
  hops: Readonly<Record<string, readonly number[]>>
}

export type Frame = {
  t: string
  /** names the bridge's process; cursors and counters of another epoch mean nothing */
  epoch: string
  /** the socket was not writable for a while, so more than usual was merged */
  con?: true
  items: readonly (Value | Control)[]
}

export type Value = {
  ch: string
  k?: string
  v: number | readonly [number, number]
  /** how many updates are merged in this one */
  n: number
  /** milliseconds since the newest of them was written to the tape */
  age: number
  snap?: true
  lost?: number
  /** the row of the channel; its fields are those of the topics and of REST */
  data: Readonly<Record<string, unknown>> | null
}

export type Control = {
  op: 'subscribed' | 'resumed' | 'snapshot' | 'resync' | 'pong' | 'error'
  id?: number
  ch?: string
  reason?: string
  v?: number
}

export type ClientMessage = Subscribe | Unsubscribe | Ping | Hidden | Timed
export type Item = Value | Control

/** The fields of packed rows of a channel, in their order. */
export const packedRows = {
  quote: [
    ['bidPx', 'ticks'],
    ['bidQty', 'count'],
    ['askPx', 'ticks'],
    ['askQty', 'count'],
    ['lastPx', 'ticks'],
    ['lastQty', 'count'],
    ['at', 'time'],
    ['venueTime', 'time'],
    ['refresh', 'flag'],
  ],
  depth: [
    ['bids', 'levels'],
    ['asks', 'levels'],
    ['at', 'time'],
    ['venueTime', 'time'],
    ['refresh', 'flag'],
  ],
  tape: [
    ['tradeId', 'count'],
    ['px', 'ticks'],
    ['qty', 'count'],
    ['aggressor', 'text'],
    ['at', 'time'],
    ['venueTime', 'time'],
    ['venue', 'text'],
    ['pass', 'count'],
    ['passFrom', 'time'],
  ],
  bar: [
    ['start', 'time'],
    ['open', 'ticks'],
    ['high', 'ticks'],
    ['low', 'ticks'],
    ['close', 'ticks'],
    ['volume', 'count'],
    ['trades', 'count'],
    ['final', 'flag'],
    ['source', 'text'],
    ['revision', 'count'],
  ],
} as const
