import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** Calls once a second, for everybody in the same moment. */
export function everySecond(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of [...listeners]) each()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

export const secondNow = () => now

/** The wall clock to the second, one timer for the whole page: for ages, never for decisions. */
export function useNow(): number {
  return useSyncExternalStore(everySecond, secondNow)
}
