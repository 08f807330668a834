import { useSyncExternalStore } from 'react'

export interface Question {
  title: string
  text: string
  yes: string
}

interface Asked extends Question {
  answer: (yes: boolean) => void
}

let asked: Asked | null = null
const listeners = new Set<() => void>()

function take(next: Asked | null): void {
  asked = next
  for (const listener of [...listeners]) listener()
}

/** Asks before something that cannot be taken back; a question that is still open is answered with no. */
export function confirm(question: Question): Promise<boolean> {
  asked?.answer(false)
  return new Promise(resolve =>
    take({
      ...question,
      answer: yes => {
        take(null)
        resolve(yes)
      },
    }),
  )
}

export function useQuestion(): Asked | null {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked,
  )
}
