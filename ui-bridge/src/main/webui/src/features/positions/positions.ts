import type { PositionRow } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'

/** The account's positions: open ones first, then by name. */
export function positionRows(cells: ReadonlyMap<string, Cell>): readonly PositionRow[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as PositionRow]))
    .sort((a, b) => Number(a.netQty === 0) - Number(b.netQty === 0) || a.symbol.localeCompare(b.symbol))
}

export function netText(netQty: number): string {
  return netQty === 0 ? 'flat' : netQty > 0 ? `+${netQty}` : `−${-netQty}`
}
