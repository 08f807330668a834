const lists = new Map<string, MediaQueryList>()

/** One list per question for the life of the page: the browser keeps what each new one was parsed into. */
export function media(query: string): MediaQueryList {
  const known = lists.get(query)
  if (known !== undefined) return known
  const list = window.matchMedia(query)
  lists.set(query, list)
  return list
}

/** Told when the answer is another; returns what ends it. */
export function onMedia(query: string, listener: () => void): () => void {
  const list = media(query)
  list.addEventListener('change', listener)
  return () => list.removeEventListener('change', listener)
}

export const DARK = '(prefers-color-scheme: dark)'
