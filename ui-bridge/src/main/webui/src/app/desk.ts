import { createContext, useContext } from 'react'
import type { TicketControl } from '../features/ticket/useTicket'
import type { AccountRow, InstrumentRow } from '../shared/contract'
import type { Selection } from './selection'

/** What the whole desk has in common; panels that name nothing of their own follow it. */
export interface DeskState {
  accounts: readonly AccountRow[]
  instruments: readonly InstrumentRow[]
  account: AccountRow
  instrument: InstrumentRow
  select: (change: Partial<Selection>) => void
  control: TicketControl
}

export const DeskContext = createContext<DeskState | null>(null)

export function useDesk(): DeskState {
  const desk = useContext(DeskContext)
  if (desk === null) throw new Error('no desk above this component')
  return desk
}
