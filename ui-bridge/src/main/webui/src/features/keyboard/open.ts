type Overlay = 'palette' | 'help'

const listeners = new Set<(what: Overlay) => void>()

export function onOpen(listener: (what: Overlay) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function open(what: Overlay): void {
  for (const listener of [...listeners]) listener(what)
}

export const openPalette = () => open('palette')
export const openHelp = () => open('help')
