import { onSignedOut } from '../rest'
import { telemetry } from '../telemetry'
import { Board, type Changes } from './board'
import type { ChannelState, LinkState } from './linkState'
import type { ToPage, ToWorker, Traffic } from './messages'
import { evictOldest } from './retention'
import { Turns } from './turns'

/** A hidden page gets no animation frames. */
const HIDDEN_FRAME_MS = 1_000
const TELL_HOPS_MS = 5_000

/** The page's end of the link: holds channels for components, paints what the worker sends once per frame. */
export class Link {
  readonly board = new Board(evictOldest)
  /** In which panels render what has changed, one after the other. */
  readonly turns = new Turns({ next: run => this.#onNextFrame(run), hidden: () => document.hidden })
  /** Numbers that are written by hand: small, so that all of them come in one turn. */
  readonly figures = this.turns.turn()
  readonly #worker: Worker
  readonly #holds = new Map<string, { all: number; looking: number }>()
  readonly #listeners = new Set<() => void>()
  readonly #channels = new Map<string, ChannelState>()
  #state: LinkState = { phase: 'connecting', attempt: 0, lostAt: null }
  readonly #tellHops: ReturnType<typeof setInterval>
  #wantQueued = false
  #refusals: readonly string[] = []

  constructor({ worker, said }: StartedWorker) {
    this.#worker = worker
    worker.onmessage = (event: MessageEvent<ToPage>) => this.#received(event.data)
    for (const message of said) this.#received(message)
    document.addEventListener('visibilitychange', this.#onVisibility)
    window.addEventListener('online', this.#onOnline)
    if (document.hidden) this.#onVisibility()
    this.#tellHops = setInterval(() => {
      const hops = telemetry.hops.take()
      if (hops !== null) this.#say({ kind: 'timed', hops })
    }, TELL_HOPS_MS)
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility)
    window.removeEventListener('online', this.#onOnline)
    clearInterval(this.#tellHops)
    this.#worker.terminate()
  }

  readonly #onVisibility = () => {
    this.#say({ kind: 'hidden', value: document.hidden })
    if (!document.hidden) this.#say({ kind: 'hurry' })
  }

  readonly #onOnline = () => this.#say({ kind: 'hurry' })

  state(): LinkState {
    return this.#state
  }

  channel(channel: string): ChannelState | undefined {
    return this.#channels.get(channel)
  }

  /** Channels the bridge would not give us, each with its reason; the same array until that changes. */
  refusals(): readonly string[] {
    return this.#refusals
  }

  /** Told of every change of the link's or a channel's state. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * As long as somebody holds a channel it is subscribed; returns what lets it go. Where all who hold it do not look, its
   * values stay in the worker, and the newest come as soon as somebody does.
   */
  hold(channel: string, looks = true): () => void {
    const add = (held: number) => {
      const { all, looking } = this.#holds.get(channel) ?? { all: 0, looking: 0 }
      this.#holds.set(channel, { all: all + held, looking: looking + (looks ? held : 0) })
      this.#queueWant()
    }
    add(1)
    this.board.open(channel)
    return () => add(-1)
  }

  /** After all mounts and unmounts of a render, so that a panel that moves does not resubscribe. */
  #queueWant(): void {
    if (this.#wantQueued) return
    this.#wantQueued = true
    queueMicrotask(() => {
      this.#wantQueued = false
      for (const [channel, holds] of this.#holds) {
        if (holds.all > 0) continue
        this.#holds.delete(channel)
        this.#channels.delete(channel)
        this.board.close(channel)
      }
      this.#findRefusals()
      const unseen = [...this.#holds].flatMap(([channel, { looking }]) => (looking === 0 ? [channel] : []))
      this.#say({ kind: 'want', channels: [...this.#holds.keys()], unseen })
    })
  }

  #received(message: ToPage): void {
    switch (message.kind) {
      case 'link':
        this.#state = message.state
        return this.#tell()
      case 'channel':
        if (this.#holds.has(message.channel)) this.#channels.set(message.channel, message.state)
        this.#findRefusals()
        return this.#tell()
      case 'changes':
        this.turns.changesCome()
        return this.#onNextFrame(frame => {
          const paint = (at: number) => this.#paint(at, message.changes, message.traffic)
          if (this.turns.changesWait(frame)) this.#onNextFrame(paint)
          else paint(frame)
        })
    }
  }

  #findRefusals(): void {
    const found = [...this.#channels].flatMap(([channel, state]) =>
      // A channel that this bridge does not know yet is a missing convenience, not something withheld.
      state.kind === 'refused' && state.reason !== 'UNKNOWN_CHANNEL' ? [`${channel}: ${state.reason}`] : [],
    )
    if (found.join() !== this.#refusals.join()) this.#refusals = found
  }

  #paint(frame: number, changes: Changes, traffic: Traffic): void {
    const began = performance.now()
    this.board.apply(changes)
    this.turns.changed(frame)
    telemetry.applying.add(performance.now() - began)
    telemetry.paints++
    telemetry.frames += traffic.frames
    telemetry.items += traffic.items
    telemetry.merged += traffic.merged
    telemetry.bytes += traffic.bytes
    const now = Date.now()
    for (const { ch, cell } of changes.puts)
      if (!document.hidden && ch.startsWith('quote:')) telemetry.tickToPaint.add(Math.max(0, now - cell.asOf))
    if (!document.hidden && telemetry.hops.wants(changes, traffic.heard, now))
      this.#onceSeen(() => telemetry.hops.painted(changes, traffic.heard, traffic.aheadMs, Date.now()))
    this.#say({ kind: 'painted' })
  }

  /** After the frame that is being made: its style, layout and paint are part of the way. */
  #onceSeen(run: () => void): void {
    const { port1, port2 } = new MessageChannel()
    port2.onmessage = () => {
      port2.close()
      run()
    }
    port1.postMessage(null)
  }

  #onNextFrame(run: (frame: number) => void): void {
    if (document.hidden) setTimeout(() => run(performance.now()), HIDDEN_FRAME_MS)
    else requestAnimationFrame(run)
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  #say(message: ToWorker): void {
    this.#worker.postMessage(message)
  }
}

/** A worker that connects, and what it has said while nobody listened yet. */
interface StartedWorker {
  worker: Worker
  said: readonly ToPage[]
}

function startWorker(): StartedWorker {
  const worker = new Worker(new URL('./link.worker.ts', import.meta.url), { type: 'module', name: 'link' })
  const said: ToPage[] = []
  worker.onmessage = ({ data }: MessageEvent<ToPage>) => void said.push(data)
  const url = new URL('/ws', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const wire = new URLSearchParams(window.location.search).get('wire')
  const start: ToWorker = { kind: 'start', url: url.href, binary: wire === 'binary' }
  worker.postMessage(start)
  return { worker, said }
}

let spare: StartedWorker | null = null

/** Connects while the page is still being loaded, for the first link that is opened; for nobody where nobody is signed in. */
export function warmUp(): void {
  spare ??= startWorker()
  onSignedOut(() => {
    spare?.worker.terminate()
    spare = null
  })
}

export function openLink(): Link {
  const started = spare ?? startWorker()
  spare = null
  return new Link(started)
}
