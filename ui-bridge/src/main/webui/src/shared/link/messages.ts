import type { Changes } from './board'
import type { ChannelState, LinkState } from './linkState'

/** A frame with quotes: when the bridge sent it, by its clock, and when we had it, by ours. */
export interface Heard {
  sentAt: number
  receivedAt: number
}

/** What came in since the last changes were handed over. */
export interface Traffic {
  frames: number
  items: number
  /** Updates that the bridge had merged into others. */
  merged: number
  bytes: number
  /** The first frame with quotes among them. */
  heard: Heard | null
  /** How far the bridge's clock is ahead of ours, in milliseconds. */
  aheadMs: number | null
}

/** Page to worker. */
export type ToWorker =
  | { kind: 'start'; url: string; binary: boolean }
  /** Subscribed from now on; of the `unseen` the page wants nothing until it looks at them. */
  | { kind: 'want'; channels: readonly string[]; unseen: readonly string[] }
  | { kind: 'hidden'; value: boolean }
  | { kind: 'hurry' }
  /** The last changes are painted: the next may come. */
  | { kind: 'painted' }
  /** What took the page how long: to be told the bridge. */
  | { kind: 'timed'; hops: Readonly<Record<string, readonly number[]>> }

/** Worker to page. */
export type ToPage =
  | { kind: 'link'; state: LinkState }
  | { kind: 'channel'; channel: string; state: ChannelState }
  | { kind: 'changes'; changes: Changes; traffic: Traffic }
