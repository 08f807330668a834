import { useSyncExternalStore } from 'react'
import type { Problem } from '../../shared/contract'

/** Said once, in a corner: what became of something the person did. */
export type Toast = { id: number; title: string } & (
  | { kind: 'done'; detail: string }
  | { kind: 'refused'; problem: Problem }
  /** Nobody knows whether it was carried out. */
  | { kind: 'unknown'; detail: string }
)

export type NewToast = Toast extends infer T ? (T extends Toast ? Omit<T, 'id'> : never) : never

const MOST = 5
const DONE_STAYS_MS = 3_500

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function take(next: readonly Toast[]): void {
  toasts = next
  for (const listener of [...listeners]) listener()
}

/** What went well goes by itself; what did not stays until it is read. */
export function toast(said: NewToast): void {
  const id = nextId++
  take([...toasts.slice(-(MOST - 1)), { ...said, id } as Toast])
  if (said.kind === 'done') setTimeout(() => dismiss(id), DONE_STAYS_MS)
}

export function dismiss(id: number): void {
  take(toasts.filter(each => each.id !== id))
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
}
