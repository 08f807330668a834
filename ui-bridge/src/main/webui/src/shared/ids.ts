/** 96 random bits in the alphabet of a ClOrdID, short enough (27 of 30) to carry bracket children. */
export function newClOrdId(): string {
  return `ui-${randomHex(12)}`
}

export function newIdempotencyKey(): string {
  return randomHex(16)
}

/** Not crypto.randomUUID: that exists only on https and localhost. */
function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes))
  return [...random].map(byte => byte.toString(16).padStart(2, '0')).join('')
}
