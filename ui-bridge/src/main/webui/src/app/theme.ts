import { useLayoutEffect, useSyncExternalStore } from 'react'
import { useSetting } from '../shared/settings'

const DARK = '(prefers-color-scheme: dark)'

function subscribe(listener: () => void): () => void {
  const scheme = window.matchMedia(DARK)
  scheme.addEventListener('change', listener)
  return () => scheme.removeEventListener('change', listener)
}

/** What the desk is shown in; also told to the style sheets. */
export function useScheme(): 'dark' | 'light' {
  const [theme] = useSetting('theme')
  const system = useSyncExternalStore(subscribe, () => window.matchMedia(DARK).matches)
  const scheme = theme === 'system' ? (system ? 'dark' : 'light') : theme
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = scheme
  }, [scheme])
  return scheme
}
