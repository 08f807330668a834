import type { Draft } from './draft'

const listeners = new Set<(change: Partial<Draft>) => void>()

/** A price that was picked elsewhere goes into the ticket; nothing is sent by that. */
export function fillTicket(change: Partial<Draft>): void {
  for (const listener of [...listeners]) listener(change)
}

export function onFillTicket(listener: (change: Partial<Draft>) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
