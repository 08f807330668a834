import type { PositionRow } from '../../shared/contract'
import type { Cell } from '../../shared/link/board'

/** Symbols of the account's positions: open ones first, then by name. */
export function positionSymbols(cells: ReadonlyMap<string, Cell>): readonly string[] {
  return [...cells.values()]
    .flatMap(cell => (cell.data === null ? [] : [cell.data as PositionRow]))
    .sort((a, b) => Number(a.netQty === 0) - Number(b.netQty === 0) || a.symbol.localeCompare(b.symbol))
    .map(row => row.symbol)
}

export function netText(netQty: number): string {
  return netQty === 0 ? 'flat' : netQty > 0 ? `+${netQty}` : `−${-netQty}`
}
