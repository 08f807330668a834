import { settings } from '../../shared/settings'
import { confirm } from '../confirm/confirm'
import { actions } from './actions'

/** What ends risk: one gesture, and a question before it only where the person wants one. */
async function sure(title: string, text: string, yes: string): Promise<boolean> {
  return !settings.get().confirmExits || confirm({ title, text, yes })
}

export const exits = {
  async flatten(accountId: string): Promise<void> {
    if (
      await sure(
        `Flatten ${accountId}?`,
        'Every order is cancelled and every position closed at the market.',
        'Flatten',
      )
    )
      await actions.flatten(accountId)
  },
  async cancelAll(accountId: string): Promise<void> {
    if (
      await sure(
        `Cancel all orders of ${accountId}?`,
        'Stops and targets that protect a position go too.',
        'Cancel all',
      )
    )
      await actions.cancelAll(accountId)
  },
  async close(accountId: string, symbol: string, qty?: number): Promise<void> {
    const what = qty === undefined ? `all of ${symbol}` : `${qty} ${symbol}`
    if (await sure(`Close ${what}?`, `Account ${accountId}, at the market.`, 'Close'))
      await actions.close(accountId, symbol, qty)
  },
  async reverse(accountId: string, symbol: string): Promise<void> {
    if (
      await sure(`Reverse ${symbol}?`, `Account ${accountId}: twice the position at the market.`, 'Reverse')
    )
      await actions.reverse(accountId, symbol)
  },
}
