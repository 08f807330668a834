package io.tapeline.market.sim.domain;

/**
 * How a synthetic market behaves. Rates and chances are approximate by nature, so these are the
 * only floating numbers here; prices stay whole ticks.
 *
 * @param ticksPerRootSecond how far its value wanders: the standard deviation of one second's move
 * @param makersPerSecond how often a maker adds or pulls a quote
 * @param takersPerSecond how often somebody crosses the spread
 * @param touchLots what usually waits at the best price
 * @param deepLots what usually waits at each of the levels behind
 * @param lotsPerOrder how large a maker's order is on average
 * @param takerLots how much a taker wants on average
 * @param wideShare the share of time (0 to 1) in which the spread is wider than one tick
 */
public record MarketCharacter(
    double ticksPerRootSecond,
    double makersPerSecond,
    double takersPerSecond,
    long touchLots,
    long deepLots,
    double lotsPerOrder,
    double takerLots,
    double wideShare) {
  public MarketCharacter {
    if (!(ticksPerRootSecond >= 0 && ticksPerRootSecond <= 100)
        || !(makersPerSecond > 0 && makersPerSecond <= 1000)
        || !(takersPerSecond >= 0 && takersPerSecond <= 1000)
        || touchLots < 1
        || deepLots < 1
        || !(lotsPerOrder >= 1)
        || !(takerLots >= 1)
        || !(wideShare >= 0 && wideShare <= 1)) {
      throw new IllegalArgumentException("not a market: " + this);
    }
  }
}
