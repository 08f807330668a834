import type { Changes } from './board'
import type { ChannelState, LinkState } from './linkState'

/** What came in since the last changes were handed over. */
export interface Traffic {
  frames: number
  items: number
  /** Updates that the bridge had merged into others. */
  merged: number
  bytes: number
}

/** Page to worker. */
export type ToWorker =
  | { kind: 'start'; url: string }
  | { kind: 'want'; channels: readonly string[] }
  | { kind: 'hidden'; value: boolean }
  | { kind: 'hurry' }
  /** The last changes are painted: the next may come. */
  | { kind: 'painted' }

/** Worker to page. */
export type ToPage =
  | { kind: 'link'; state: LinkState }
  | { kind: 'channel'; channel: string; state: ChannelState }
  | { kind: 'changes'; changes: Changes; traffic: Traffic }
