import { Hops } from './hops'

/** What the desk knows of its own work: shown in the debug panel and read by the browser tests. Bounded everywhere. */
const MINUTE_MS = 60_000
const MOST_CALLS = 600
const MOST_SAMPLES = 2_000

export interface RestCall {
  at: number
  method: string
  path: string
}

class Samples {
  readonly #values = new Float64Array(MOST_SAMPLES)
  #count = 0

  add(value: number): void {
    this.#values[this.#count++ % MOST_SAMPLES] = value
  }

  /** Of the newest samples; null while there are none. */
  quantile(share: number): number | null {
    const size = Math.min(this.#count, MOST_SAMPLES)
    if (size === 0) return null
    const sorted = this.#values.slice(0, size).sort()
    return sorted[Math.min(size - 1, Math.floor(share * size))] ?? null
  }

  get count(): number {
    return this.#count
  }
}

class Telemetry {
  readonly #calls: RestCall[] = []
  #total = 0
  frames = 0
  items = 0
  merged = 0
  bytes = 0
  paints = 0
  /** Milliseconds from the venue's word (as the bridge tells its age) to the painted frame. */
  readonly tickToPaint = new Samples()
  /** What the bridge is told of the ways that end here. */
  readonly hops = new Hops()
  /** Milliseconds that applying one frame's changes took on the main thread. */
  readonly applying = new Samples()

  called(method: string, path: string): void {
    this.#total++
    this.#calls.push({ at: Date.now(), method, path })
    if (this.#calls.length > MOST_CALLS) this.#calls.shift()
  }

  get restCalls(): number {
    return this.#total
  }

  lastMinute(now = Date.now()): readonly RestCall[] {
    return this.#calls.filter(call => now - call.at < MINUTE_MS)
  }
}

export const telemetry = new Telemetry()
