import { isTerminal, type OrderRow } from '../../shared/contract'
import { denialText } from '../../shared/denials'
import type { Cell } from '../../shared/link/board'

export const RECENT = 500

type Rows = ReadonlyMap<string, Cell>

/** The orders that are still alive, the newest first; they keep their place while they fill. */
export function workingRows(cells: Rows): readonly OrderRow[] {
  return rowsOf(cells)
    .filter(row => !isTerminal(row.ordStatus))
    .sort(newestFirst)
}

/** What is over, the latest end first. */
export function recentRows(cells: Rows): readonly OrderRow[] {
  return rowsOf(cells)
    .filter(row => isTerminal(row.ordStatus))
    .sort((a, b) => b.seq - a.seq)
    .slice(0, RECENT)
}

/** What was over before anybody followed the account, beside what ended since; of two rows of an order the newer is true. */
export function withEarlier(
  done: readonly OrderRow[],
  working: readonly OrderRow[],
  earlier: readonly OrderRow[],
): readonly OrderRow[] {
  if (earlier.length === 0) return done
  const known = new Set([...done, ...working].map(row => row.clOrdId))
  const more = earlier.filter(row => isTerminal(row.ordStatus) && !known.has(row.clOrdId))
  return [...done, ...more].sort((a, b) => b.seq - a.seq).slice(0, RECENT)
}

function rowsOf(cells: Rows): OrderRow[] {
  return [...cells.values()].flatMap(cell => (cell.data === null ? [] : [cell.data as OrderRow]))
}

function newestFirst(a: OrderRow, b: OrderRow): number {
  return a.createdAt === b.createdAt ? b.seq - a.seq : a.createdAt < b.createdAt ? 1 : -1
}

/** What is under way beside the status: `doubt` when nobody knows whether the venue received it. */
export interface InFlight {
  text: string
  doubt: boolean
}

const DOING = { NEW: 'placing', REPLACE: 'changing', CANCEL: 'cancelling' } as const

export function inFlight(row: OrderRow): InFlight | null {
  if (isTerminal(row.ordStatus)) return null
  const doubted = row.pending.find(request => request.inDoubt)
  if (doubted !== undefined)
    return { text: `${DOING[doubted.kind]}: in doubt, asking the venue`, doubt: true }
  const last = row.pending.at(-1)
  return last === undefined ? null : { text: `${DOING[last.kind]}…`, doubt: false }
}

export type Cancelling = { allowed: true } | { allowed: false; why: string }

/** The order-service says what may be done; the desk only adds what is already under way. */
export function mayCancel(row: OrderRow): Cancelling {
  const said = row.capabilities?.cancel
  if (said !== undefined && !said.allowed)
    return { allowed: false, why: denialText(said.reason ?? 'not possible now') }
  if (row.pending.some(request => request.kind === 'CANCEL' && !request.inDoubt))
    return { allowed: false, why: 'already being cancelled' }
  return { allowed: true }
}

/** Why an order ended as it did, in the words of whoever ended it. */
export function endReason(row: OrderRow): string | null {
  if (row.denial !== undefined) return `${row.denial.reason}: ${row.denial.detail}`
  const venue = [row.venueCode, row.venueText].filter(part => part !== undefined).join(' ')
  return venue !== '' ? venue : (row.expiryReason ?? row.text ?? null)
}

export function statusText(row: OrderRow): string {
  return row.ordStatus.toLowerCase().replaceAll('_', ' ')
}
