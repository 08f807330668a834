import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { PriceAlertRow } from '../../shared/contract'
import { channels } from '../../shared/contract'
import { newIdempotencyKey } from '../../shared/ids'
import { useLink } from '../../shared/link/hooks'
import { queryKeys } from '../../shared/queryKeys'
import { get, itemsOf, type Outcome, request } from '../../shared/rest'
import { toast } from '../toasts/toasts'

const PATH = '/api/alerts'

/** What waits, asked for once and again after every change; a notice of one that was reached is such a change. */
export function usePriceAlerts() {
  const queries = useQueryClient()
  const link = useLink()
  const { data } = useQuery({
    queryKey: queryKeys.alerts,
    queryFn: async ({ signal }) => itemsOf<PriceAlertRow>(await get<unknown>(PATH, signal)),
  })
  useEffect(
    () =>
      link.board.subscribe(channels.alerts, null, () => {
        void queries.invalidateQueries({ queryKey: queryKeys.alerts })
      }),
    [link, queries],
  )
  const settled = (title: string, outcome: Outcome<PriceAlertRow>) => {
    if (outcome.kind === 'refused') toast({ kind: 'refused', title, problem: outcome.problem })
    else if (outcome.kind === 'lost') toast({ kind: 'unknown', title, detail: outcome.why })
    void queries.invalidateQueries({ queryKey: queryKeys.alerts })
    return outcome.kind === 'ok'
  }
  const set = async (symbol: string, px: string, note: string) =>
    settled(
      `Alert at ${px}`,
      await request<PriceAlertRow>('POST', PATH, {
        body: { symbol, px, ...(note === '' ? {} : { note }) },
        idempotencyKey: newIdempotencyKey(),
      }),
    )
  const cancel = async ({ alertId, px }: PriceAlertRow) =>
    settled(
      `Alert at ${px}`,
      await request<PriceAlertRow>('DELETE', `${PATH}/${encodeURIComponent(alertId)}`),
    )
  return { waiting: data ?? [], set, cancel }
}
