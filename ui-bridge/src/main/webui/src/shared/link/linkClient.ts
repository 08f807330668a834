import {
  type ClientOp,
  type ControlItem,
  type Frame,
  isLossless,
  type ValueItem,
  type Version,
} from '../contract'
import { backoffMs } from './backoff'
import { BinaryReader } from './binary'
import { BridgeClock } from './bridgeClock'
import type { ChannelState, LinkState } from './linkState'
import type { Heard } from './messages'

export interface Socket {
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  /** Text is a frame in JSON, bytes are one in binary. */
  onmessage: ((message: string | ArrayBuffer) => void) | null
  onclose: (() => void) | null
}

export interface Clock {
  now(): number
  /** Returns what stops it. */
  after(ms: number, run: () => void): () => void
}

export interface LinkSink {
  link(state: LinkState): void
  channel(channel: string, state: ChannelState): void
  /** What is known of the channel is void; its snapshot follows. */
  replace(channel: string): void
  put(item: ValueItem, receivedAt: number): void
  /** A frame is through; `heard` where there were quotes in it. */
  frameEnds(heard: Heard | null): void
}

const PING_EVERY_MS = 5_000
/** Nothing at all for that long, pongs included: the connection is dead, whatever the browser believes. */
const DEAD_AFTER_MS = 12_000
const CONNECT_WITHIN_MS = 8_000
/** After "resync" the bridge sends a snapshot by itself; if not by then, it is asked for one. */
const RESYNC_PATIENCE_MS = 5_000
/** What was refused may be there later, such as the instruments of a venue that has only just started. */
const ASK_REFUSED_AGAIN_MS = 5_000
/** A long snapshot comes in several frames. It is complete when the stream has gone on for that long after its last item. */
const SNAPSHOT_SETTLES_MS = 1_000

/** How far a lossless channel was followed without a hole; a snapshot's place counts once all of it must be here. */
interface Cursor {
  seq: number
  snapshotAt: number | null
}

/**
 * One socket to the bridge: subscribes, resumes, reconnects. Knows nothing of what the rows mean.
 * Runs in a worker; everything it needs from there is passed in, so that tests need no browser.
 */
export class LinkClient {
  readonly #open: () => Socket
  readonly #clock: Clock
  readonly #random: () => number
  readonly #sink: LinkSink

  #state: LinkState = { phase: 'stopped' }
  #socket: Socket | null = null
  #attempt = 0
  #lostAt: number | null = null
  #heardAt = 0
  #pingSentAt = 0
  #nextId = 1
  #hidden = false
  readonly #bridgeClock = new BridgeClock()
  #epoch: string | number | null = null
  readonly #channels = new Map<string, ChannelState>()
  readonly #cursors = new Map<string, Cursor>()
  #stopTimer: () => void = () => {}
  readonly #repeats = new Map<string, () => void>()

  constructor(open: () => Socket, clock: Clock, random: () => number, sink: LinkSink) {
    this.#open = open
    this.#clock = clock
    this.#random = random
    this.#sink = sink
  }

  start(): void {
    if (this.#state.phase === 'stopped') this.#connect()
  }

  stop(): void {
    this.#drop()
    this.#to({ phase: 'stopped' })
  }

  /** What took the page how long, by hop. */
  timed(hops: Readonly<Record<string, readonly number[]>>): void {
    this.#say({ op: 'timed', hops })
  }

  /** How far the bridge's clock is ahead of ours; null until it answered a ping. */
  get aheadMs(): number | null {
    return this.#bridgeClock.aheadMs
  }

  /** Something changed for the better, say the network is back: do not wait for the backoff to end. */
  hurry(): void {
    if (this.#state.phase === 'waiting') {
      this.#stopTimer()
      this.#connect()
    }
  }

  hidden(value: boolean): void {
    this.#hidden = value
    this.#say({ op: 'hidden', value })
  }

  /** The channels wanted from now on; only the difference is told to the bridge. */
  want(channels: readonly string[]): void {
    const wanted = new Set(channels)
    const gone = [...this.#channels.keys()].filter(channel => !wanted.has(channel))
    const added = [...wanted].filter(channel => !this.#channels.has(channel))
    for (const channel of gone) this.#forget(channel)
    for (const channel of added) this.#channelTo(channel, { kind: 'asked' })
    if (gone.length > 0) this.#say({ op: 'unsubscribe', id: this.#nextId++, channels: gone })
    this.#subscribe(added)
  }

  #connect(): void {
    this.#to({ phase: 'connecting', attempt: this.#attempt, lostAt: this.#lostAt })
    const socket = this.#open()
    const binary = new BinaryReader()
    this.#socket = socket
    socket.onopen = () => this.#opened()
    socket.onmessage = message => {
      if (typeof message === 'string') return this.#received(parseFrame(message))
      const frame = binary.read(message)
      // What follows cannot be read either, and may hold an order.
      if (frame === null) this.#lost()
      else this.#received(frame)
    }
    socket.onclose = () => this.#lost()
    this.#stopTimer = this.#clock.after(CONNECT_WITHIN_MS, () => this.#lost())
  }

  #opened(): void {
    this.#stopTimer()
    const now = this.#clock.now()
    this.#to({ phase: 'open', since: now, heardAt: now, rttMs: null })
    for (const [channel] of this.#channels) this.#channelTo(channel, { kind: 'asked' })
    if (this.#hidden) this.#say({ op: 'hidden', value: true })
    // Before heardAt moves on: what was heard on the last socket decides which snapshots were complete.
    this.#subscribe([...this.#channels.keys()])
    this.#heardAt = now
    this.#ping()
  }

  #lost(): void {
    if (this.#state.phase === 'open') this.#lostAt = this.#heardAt
    const lostAt = this.#lostAt ?? this.#clock.now()
    this.#lostAt = lostAt
    this.#drop()
    const delay = backoffMs(this.#attempt, this.#random)
    this.#attempt += 1
    this.#to({ phase: 'waiting', attempt: this.#attempt, lostAt, retryAt: this.#clock.now() + delay })
    this.#stopTimer = this.#clock.after(delay, () => this.#connect())
  }

  #drop(): void {
    this.#stopTimer()
    for (const stop of this.#repeats.values()) stop()
    this.#repeats.clear()
    const socket = this.#socket
    this.#socket = null
    if (socket === null) return
    socket.onopen = null
    socket.onmessage = null
    socket.onclose = null
    socket.close()
  }

  #ping(): void {
    if (this.#clock.now() - this.#heardAt > DEAD_AFTER_MS) {
      this.#lost()
      return
    }
    this.#pingSentAt = this.#clock.now()
    this.#say({ op: 'ping', id: this.#nextId++ })
    this.#stopTimer = this.#clock.after(PING_EVERY_MS, () => this.#ping())
  }

  #subscribe(channels: readonly string[]): void {
    if (channels.length === 0) return
    const cursors: Record<string, number> = {}
    for (const channel of channels) {
      const cursor = this.#cursors.get(channel)
      if (cursor !== undefined && this.#isSettled(cursor)) cursors[channel] = cursor.seq
    }
    const resume =
      this.#epoch !== null && Object.keys(cursors).length > 0 ? { epoch: this.#epoch, cursors } : null
    this.#say({ op: 'subscribe', id: this.#nextId++, channels, ...(resume === null ? {} : { resume }) })
  }

  #received(frame: Frame | null): void {
    const now = this.#clock.now()
    this.#heardAt = now
    if (frame === null) return
    this.#epoch = frame.epoch
    const sentAt = new Date(frame.t).getTime()
    let hasQuotes = false
    for (const item of frame.items) {
      if ('op' in item) {
        if (item.op === 'pong') this.#bridgeClock.answered(this.#pingSentAt, sentAt, now)
        this.#control(item, now)
      } else {
        hasQuotes ||= item.ch.startsWith('quote:')
        this.#value(item, now)
      }
    }
    this.#sink.frameEnds(hasQuotes && Number.isFinite(sentAt) ? { sentAt, receivedAt: now } : null)
  }

  #control(item: ControlItem, now: number): void {
    switch (item.op) {
      case 'pong':
        // Only now is the bridge known to be well: a socket that opens and closes at once must not reset the backoff.
        this.#attempt = 0
        if (this.#state.phase === 'open')
          this.#to({ ...this.#state, heardAt: now, rttMs: Math.max(0, now - this.#pingSentAt) })
        return
      case 'snapshot':
        if (item.ch !== undefined && this.#channels.has(item.ch)) this.#startSnapshot(item.ch, now, item.v)
        return
      case 'resumed':
        if (item.ch !== undefined) this.#follow(item.ch)
        return
      case 'resync':
        for (const channel of item.ch === undefined ? [...this.#channels.keys()] : [item.ch])
          this.#resync(channel)
        return
      case 'error':
        if (item.ch !== undefined && this.#channels.has(item.ch)) {
          this.#channelTo(item.ch, { kind: 'refused', reason: item.reason ?? 'refused' })
          this.#askAgain(item.ch, ASK_REFUSED_AGAIN_MS)
        }
        return
      case 'subscribed':
        return
    }
  }

  #value(item: ValueItem, now: number): void {
    const state = this.#channels.get(item.ch)
    if (state === undefined) return
    if (item.snap && state.kind !== 'following') this.#startSnapshot(item.ch, now)
    if (isLossless(item.ch) && this.#channels.get(item.ch)?.kind === 'following') {
      const reached = this.#cursors.get(item.ch)?.seq ?? -1
      this.#cursors.set(item.ch, {
        seq: Math.max(reached, firstPart(item.v)),
        snapshotAt: item.snap ? now : null,
      })
    }
    this.#sink.put(item, now)
  }

  #startSnapshot(channel: string, now: number, standsAt?: number): void {
    this.#cursors.delete(channel)
    if (isLossless(channel) && standsAt !== undefined)
      this.#cursors.set(channel, { seq: standsAt, snapshotAt: now })
    this.#sink.replace(channel)
    this.#follow(channel)
  }

  #isSettled({ snapshotAt }: Cursor): boolean {
    return snapshotAt === null || this.#heardAt - snapshotAt >= SNAPSHOT_SETTLES_MS
  }

  #follow(channel: string): void {
    if (!this.#channels.has(channel)) return
    this.#repeats.get(channel)?.()
    this.#repeats.delete(channel)
    this.#channelTo(channel, { kind: 'following' })
  }

  /** The bridge skipped something for us. If its fresh snapshot is not already on the way, ask for one. */
  #resync(channel: string): void {
    if (!this.#channels.has(channel)) return
    this.#cursors.delete(channel)
    this.#channelTo(channel, { kind: 'asked' })
    this.#askAgain(channel, RESYNC_PATIENCE_MS)
  }

  #askAgain(channel: string, ms: number): void {
    this.#repeats.get(channel)?.()
    this.#repeats.set(
      channel,
      this.#clock.after(ms, () => {
        this.#repeats.delete(channel)
        this.#subscribe([channel])
      }),
    )
  }

  #forget(channel: string): void {
    this.#repeats.get(channel)?.()
    this.#repeats.delete(channel)
    this.#channels.delete(channel)
    this.#cursors.delete(channel)
  }

  #channelTo(channel: string, state: ChannelState): void {
    const known = this.#channels.get(channel)
    this.#channels.set(channel, state)
    if (known?.kind !== state.kind || state.kind === 'refused') this.#sink.channel(channel, state)
  }

  #to(state: LinkState): void {
    this.#state = state
    this.#sink.link(state)
  }

  #say(op: ClientOp): void {
    if (this.#state.phase === 'open') this.#socket?.send(JSON.stringify(op))
  }
}

function firstPart(version: Version): number {
  return typeof version === 'number' ? version : (version[0] ?? 0)
}

function parseFrame(text: string): Frame | null {
  try {
    const frame = JSON.parse(text) as Partial<Frame> | null
    return frame !== null && Array.isArray(frame?.items) && frame.epoch !== undefined
      ? (frame as Frame)
      : null
  } catch {
    return null
  }
}
