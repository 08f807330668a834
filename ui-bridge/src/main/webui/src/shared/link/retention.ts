import { isTerminal, type OrderRow } from '../contract'
import type { Cell } from './board'

const CLOSED_ORDERS = 500
const FILLS = 1_000
const NOTICES = 200
const ROUND_TRIPS = 2_000
const PRINTS = 400
/** The chart takes them over as they come; here only what one that is just mounted may still need. */
const BARS = 80

/** Keeps the page's memory bounded on a long day. A live order is never evicted. */
export function evictOldest(channel: string, cells: Map<string, Cell>): void {
  switch (channel.split(':', 1)[0]) {
    case 'orders':
      return dropOldest(cells, CLOSED_ORDERS, cell => {
        const row = cell.data as OrderRow | null
        return row === null || isTerminal(row.ordStatus)
      })
    case 'fills':
      return dropOldest(cells, FILLS, () => true)
    case 'notices':
    case 'alerts':
      return dropOldest(cells, NOTICES, () => true)
    case 'trades':
      return dropOldest(cells, ROUND_TRIPS, () => true)
    case 'tape':
      return dropOldest(cells, PRINTS, () => true)
    case 'bar':
      return dropOldest(cells, BARS, () => true)
    default:
  }
}

/** A tenth more than allowed is let in before anything is sorted. */
function dropOldest(cells: Map<string, Cell>, keep: number, mayGo: (cell: Cell) => boolean): void {
  if (cells.size <= keep * 1.1) return
  const candidates = [...cells].filter(([, cell]) => mayGo(cell))
  candidates.sort(([, a], [, b]) => seq(a) - seq(b))
  for (const [key] of candidates.slice(0, Math.max(0, candidates.length - keep))) cells.delete(key)
}

function seq(cell: Cell): number {
  return typeof cell.v === 'number' ? cell.v : (cell.v[0] ?? 0)
}
