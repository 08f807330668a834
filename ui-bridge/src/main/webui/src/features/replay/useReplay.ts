import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReplayRow } from '../../shared/contract'
import { newIdempotencyKey } from '../../shared/ids'
import { queryKeys } from '../../shared/queryKeys'
import { get, request } from '../../shared/rest'
import { toast } from '../toasts/toasts'

export type ReplayAction =
  | { action: 'pause' }
  | { action: 'resume'; speed?: string }
  | { action: 'seek'; to: string }

/** What is played, asked for once; every button's answer says it anew. null where the venue plays no recording. */
export function useReplay(enabled: boolean) {
  const queries = useQueryClient()
  const { data } = useQuery({
    queryKey: queryKeys.replay,
    enabled,
    retry: false,
    queryFn: ({ signal }) => get<ReplayRow>('/api/replay', signal),
  })
  const control = async (action: ReplayAction) => {
    const outcome = await request<ReplayRow>('POST', '/api/replay', {
      body: action,
      idempotencyKey: newIdempotencyKey(),
      timeoutMs: 15_000,
    })
    if (outcome.kind === 'ok') queries.setQueryData(queryKeys.replay, outcome.value)
    else if (outcome.kind === 'refused')
      toast({ kind: 'refused', title: `Replay: ${action.action}`, problem: outcome.problem })
    else toast({ kind: 'unknown', title: `Replay: ${action.action}`, detail: outcome.why })
  }
  return { replay: data, control }
}
