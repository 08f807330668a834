import { useLayoutEffect, useSyncExternalStore } from 'react'
import { DARK, media, onMedia } from '../shared/media'
import { useSetting } from '../shared/settings'

const subscribe = (listener: () => void) => onMedia(DARK, listener)

/** What the desk is shown in; also told to the style sheets. */
export function useScheme(): 'dark' | 'light' {
  const [theme] = useSetting('theme')
  const system = useSyncExternalStore(subscribe, () => media(DARK).matches)
  const scheme = theme === 'system' ? (system ? 'dark' : 'light') : theme
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = scheme
  }, [scheme])
  return scheme
}
