/** Where an order stands in the line at its price, as far as a book of levels lets one know. */
export interface QueuePlace {
  /** Lots before ours: an upper bound that only shrinks. */
  ahead: number
  /** What the level showed when `ahead` was last known. */
  level: number
}

/** An order that is seen for the first time is behind everybody who was there. */
export function joined(level: number, own: number): QueuePlace {
  return { ahead: Math.max(0, level - own), level }
}

/**
 * Prints at the price are of those ahead; of what else left the level, nobody says from where, so only what makes the
 * level smaller than those ahead and ours moves us up.
 */
export function moved(place: QueuePlace, level: number, traded: number, own: number): QueuePlace {
  const afterTrades = Math.max(0, place.ahead - traded)
  return { ahead: Math.min(afterTrades, Math.max(0, level - own)), level }
}
