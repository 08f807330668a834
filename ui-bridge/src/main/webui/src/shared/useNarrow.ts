import { useCallback, useSyncExternalStore } from 'react'

function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

const NARROW = '(max-width: 1000px)'

/** A phone or a tablet held upright: cards instead of docked panels. */
export const useNarrow = () => useMedia(NARROW)
export const isNarrow = () => window.matchMedia(NARROW).matches

/** Of those the ones on which two cards fit side by side. */
export const useTwoColumns = () => useMedia('(min-width: 700px)')
