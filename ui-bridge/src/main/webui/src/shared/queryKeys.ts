/** Every query of the desk: the same question from many panels is asked once. */
export const queryKeys = {
  me: ['me'] as const,
  accounts: ['accounts'] as const,
  instruments: ['instruments'] as const,
  firstQuotes: ['quotes', 'first'] as const,
  quotes: (symbol: string) => ['quotes', symbol] as const,
  account: (accountId: string) => ['account', accountId] as const,
  orders: (accountId: string) => ['orders', accountId] as const,
  endedOrders: (accountId: string) => ['orders', accountId, 'ended'] as const,
  orderHistory: (accountId: string, clOrdId: string, seq: number) =>
    ['orders', accountId, clOrdId, 'history', seq] as const,
  positions: (accountId: string) => ['positions', accountId] as const,
  fills: (accountId: string) => ['fills', accountId] as const,
  trades: (accountId: string) => ['trades', accountId] as const,
  asOf: (accountId: string, what: string, instant: string) => ['asOf', accountId, what, instant] as const,
  alerts: ['alerts'] as const,
  replay: ['replay'] as const,
  bars: (query: string) => ['bars', query] as const,
}
