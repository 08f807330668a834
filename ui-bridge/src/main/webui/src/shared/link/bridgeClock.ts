/** A minute of pings: the clocks of two machines drift apart no faster. */
const MOST = 12

/** What the bridge's clock says, from its answers to our pings: of the last ones the quickest is the least wrong. */
export class BridgeClock {
  readonly #answers: { rttMs: number; aheadMs: number }[] = []

  /** A ping was answered; the bridge wrote `bridgeTime` into the answer, milliseconds since 1970. */
  answered(sentAt: number, bridgeTime: number, receivedAt: number): void {
    const rttMs = Math.max(0, receivedAt - sentAt)
    if (!Number.isFinite(bridgeTime)) return
    this.#answers.push({ rttMs, aheadMs: bridgeTime - (receivedAt - rttMs / 2) })
    if (this.#answers.length > MOST) this.#answers.shift()
  }

  /** How far it is ahead of ours, in milliseconds; null until a ping was answered. */
  get aheadMs(): number | null {
    let best = this.#answers[0]
    for (const answer of this.#answers) if (best === undefined || answer.rttMs <= best.rttMs) best = answer
    return best?.aheadMs ?? null
  }
}
