import { useSyncExternalStore } from 'react'

/** After that long without an order by one click or key the switch goes off by itself. */
const DISARM_AFTER_MS = 15 * 60_000

let armed = false
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** Whether one click or one key may send an order. Never saved: a desk that is opened is safe. */
export function arm(on: boolean): void {
  clearTimeout(timer)
  if (on) timer = setTimeout(() => arm(false), DISARM_AFTER_MS)
  if (armed === on) return
  armed = on
  for (const listener of [...listeners]) listener()
}

export function isArmed(): boolean {
  return armed
}

export function useArmed(): boolean {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => armed,
  )
}
