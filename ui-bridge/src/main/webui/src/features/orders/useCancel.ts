import { useMutation } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { OrderRow, Problem } from '../../shared/contract'
import { newIdempotencyKey } from '../../shared/ids'
import { request } from '../../shared/rest'

export type CancelState =
  | { state: 'idle' }
  | { state: 'sending' }
  | { state: 'refused'; problem: Problem }
  /** No answer. A cancel may be asked for again: twice cancelled is cancelled. */
  | { state: 'unknown'; why: string }

export function useCancel(accountId: string, clOrdId: string) {
  const [cancel, setCancel] = useState<CancelState>({ state: 'idle' })
  const { mutate } = useMutation({
    retry: false,
    mutationFn: () =>
      request<OrderRow>(
        'DELETE',
        `/api/accounts/${encodeURIComponent(accountId)}/orders/${encodeURIComponent(clOrdId)}`,
        { idempotencyKey: newIdempotencyKey() },
      ),
    onMutate: () => setCancel({ state: 'sending' }),
    onSuccess: outcome => {
      switch (outcome.kind) {
        case 'ok':
          return setCancel({ state: 'idle' })
        case 'refused':
          return setCancel({ state: 'refused', problem: outcome.problem })
        case 'lost':
          return setCancel({ state: 'unknown', why: outcome.why })
      }
    },
  })
  const dismiss = useCallback(() => setCancel({ state: 'idle' }), [])
  return { cancel, send: mutate, dismiss }
}
