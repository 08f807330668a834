import { useCallback, useSyncExternalStore } from 'react'
import { media, onMedia } from './media'

function useMedia(query: string): boolean {
  const subscribe = useCallback((listener: () => void) => onMedia(query, listener), [query])
  return useSyncExternalStore(subscribe, () => media(query).matches)
}

const NARROW = '(max-width: 1000px)'

/** A phone or a tablet held upright: cards instead of docked panels. */
export const useNarrow = () => useMedia(NARROW)
export const isNarrow = () => media(NARROW).matches

/** Of those the ones on which two cards fit side by side. */
export const useTwoColumns = () => useMedia('(min-width: 700px)')
