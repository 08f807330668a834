import type { Version } from './contract'

/** Compares part by part, as `[consumedSeq, markNo]` is meant: first the facts, then the mark. */
export function isNewer(next: Version, known: Version | undefined): boolean {
  if (known === undefined) return true
  const left = typeof next === 'number' ? [next] : next
  const right = typeof known === 'number' ? [known] : known
  const parts = Math.max(left.length, right.length)
  for (let i = 0; i < parts; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}
