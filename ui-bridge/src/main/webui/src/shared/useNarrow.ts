import { useSyncExternalStore } from 'react'

const NARROW = '(max-width: 760px)'

function subscribe(listener: () => void): () => void {
  const width = window.matchMedia(NARROW)
  width.addEventListener('change', listener)
  return () => width.removeEventListener('change', listener)
}

/** A phone, or a window that is as narrow as one: cards instead of docked panels. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches)
}
