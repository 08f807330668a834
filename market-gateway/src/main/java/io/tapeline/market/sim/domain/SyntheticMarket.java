package io.tapeline.market.sim.domain;

import io.tapeline.market.sim.domain.BookOrder.Rest;
import io.tapeline.model.Side;
import java.util.function.Consumer;

/**
 * The agents of one symbol. Makers quote a dozen levels on both sides of a {@link FairValue} and
 * keep each near its usual size; takers cross the spread, more of them towards the value and along
 * a burst of momentum; when the value leaves the spread, takers eat into the side it passes and
 * makers pull the rest. Whoever trades moves the value a little.
 *
 * <p>Agents act at random moments of venue time, one after the other. All chance comes from the
 * seed; agents see the desk's orders as they see any other and never wait on each other.
 */
final class SyntheticMarket {
  /** Levels makers keep filled on each side: what is shown, and two in reserve. */
  static final int LEVELS = 12;

  /** Levels from the touch beyond which makers give their orders up. */
  private static final int FAR_LEVELS = 2 * LEVELS;

  private static final int DEEP_FROM_LEVEL = 2;

  /** How far, in ticks, the value leaves the spread before the market follows. */
  private static final double STICKINESS = 0.25;

  /** How many ticks more than one the makers' spread has at most. */
  private static final int WIDEST_GAP = 2;

  private static final double MEAN_LEVEL_OF_A_QUOTE = 2;

  /** How often, where a best price is used up, the market gives way instead of refilling it. */
  private static final double CHANCE_OF_GIVING_WAY = 0.7;

  /** How much takers and makers lean towards the heavier of the two best prices. */
  private static final double TAKERS_FOLLOW_THE_CROWD = 0.3;

  private static final double MAKERS_FOLLOW_THE_CROWD = 0.5;

  /** How many more takers every taker brings along, on average, and how soon. */
  private static final double FOLLOWERS_OF_A_TAKER = 0.85;

  private static final double FOLLOWERS_COME_WITHIN_SECONDS = 2;

  /** Some come at the very moment of the one they follow. */
  private static final double CHANCE_OF_ONE_AT_ONCE = 0.3;

  /** The part of what makers do that goes on whatever takers do; the rest keeps their pace. */
  private static final double STEADY_MAKERS = 0.3;

  private static final double CHANCE_OF_A_NEW_SPREAD = 0.05;
  private static final double CHANCE_OF_A_DEEP_TAKE = 0.1;

  /** Now and then somebody wants more than usually waits at the best price. */
  private static final double CHANCE_OF_A_LARGE_TAKER = 0.035;

  private static final double TOUCHES_A_LARGE_TAKER_WANTS = 1.5;

  /** How unequal the other takers are: the spread of the logarithm of their sizes. */
  private static final double SKEW = 1.7;

  /** What a skewed size of median 1 is on average. */
  private static final double MEAN_OF_SKEW = 4.2;

  private final MarketCharacter character;
  private final OrderBook book;
  private final Consumer<BookOrder> enter;
  private final AgentOrders orders = new AgentOrders();
  private final Chance chance;
  private final FairValue value;

  /** Takers, but for those who come at the moment of another. */
  private final double leadersPerSecond;

  private long nextAt;

  /** The tick below the value: the best bid where the spread is one tick. */
  private long centre;

  private PriceBand band = PriceBand.UNLIMITED;
  private int bidGap;
  private int askGap;

  /** How many more takers than usual come because others came. */
  private double excited;

  /** How busy the market is against what is usual. */
  private double pace = 1;

  private long calmedAt;

  SyntheticMarket(
      MarketCharacter character,
      OrderBook book,
      Consumer<BookOrder> enter,
      long startTicks,
      long seed,
      long now) {
    this.character = character;
    this.book = book;
    this.enter = enter;
    chance = new Chance(seed);
    leadersPerSecond = character.takersPerSecond() * (1 - CHANCE_OF_ONE_AT_ONCE);
    value = new FairValue(character.ticksPerRootSecond(), startTicks + 0.5, now, chance);
    centre = startTicks;
    nextAt = now;
    calmedAt = now;
  }

  long nextAt() {
    return nextAt;
  }

  /** One agent acts, at {@link #nextAt}. */
  void act() {
    calmDown();
    value.moveOn(nextAt, pace);
    giveWay();
    value.keepWithin(band);
    followValue();
    takeBargains();
    fillEmptyLevels();
    double takers = leadersPerSecond * pace;
    double all =
        takers + character.makersPerSecond() * (STEADY_MAKERS + (1 - STEADY_MAKERS) * pace);
    if (chance.happens(takers / all)) take();
    else quote();
    nextAt += chance.waitMicros(all);
  }

  /** Makers quote all levels and nobody trades: a book to be seen out of hours. */
  void quoteAll() {
    fillEmptyLevels();
  }

  /** Prices beyond are not quoted, and the value does not leave it. */
  void keepWithin(PriceBand newBand) {
    band = newBand;
    centre = Math.clamp(centre, band.low(), band.high() - 1);
  }

  void sleep(long micros) {
    nextAt += micros;
    calmedAt += micros;
    value.sleep(micros);
  }

  /** Somebody took liquidity: the value gives way, in proportion to what usually waits. */
  void sawTaken(Side side, long lots) {
    value.push(sign(side) * (double) lots / usualLots(0));
  }

  /** Where a best price was used up the value is beyond it, more often than not. */
  private void giveWay() {
    for (var side : SIDES) {
      long px = price(side, 0);
      if (book.side(side).size() == 0 || !band.allows(px) || book.side(side).find(px) != null)
        continue;
      if (!chance.happens(CHANCE_OF_GIVING_WAY)) continue;
      if (side == Side.SELL) value.atLeast(centre + 1 + 1.5 * STICKINESS);
      else value.atMost(centre - 1.5 * STICKINESS);
    }
  }

  private void calmDown() {
    double seconds = (nextAt - calmedAt) / 1e6;
    calmedAt = nextAt;
    excited *= StrictMath.exp(-seconds / FOLLOWERS_COME_WITHIN_SECONDS);
    pace = (1 - FOLLOWERS_OF_A_TAKER) * (value.isBursting() ? 3 : 1) + excited;
  }

  private void followValue() {
    long before = centre;
    if (value.ticks() > centre + 1 + STICKINESS) centre = floor(value.ticks() - STICKINESS);
    else if (value.ticks() < centre - STICKINESS) centre = floor(value.ticks() + STICKINESS);
    centre = Math.clamp(centre, band.low(), band.high() - 1);
    if (centre == before) return;
    var passed = centre > before ? Side.SELL : Side.BUY;
    eatInto(passed);
    pullQuotes();
  }

  /** Takes a part of what waits where the other side will be quoted next. */
  private void eatInto(Side passed) {
    long limit = passed == Side.SELL ? centre : centre + 1;
    var ladder = book.side(passed);
    long waiting = 0;
    for (int rank = 0; rank < ladder.size() && reaches(passed, limit, ladder, rank); rank++)
      waiting += ladder.level(rank).lots;
    long lots = Math.min((long) (waiting * chance.between(0.1, 0.6)), 10 * usualLots(0));
    while (lots > 0) {
      long size = Math.min(lots, takerLots());
      lots -= size;
      if (enter(passed.opposite(), limit, size) == 0) return;
    }
  }

  /** Somebody takes; says how much it got. */
  private long enter(Side side, long limit, long lots) {
    var order = orders.take(side, Rest.ENDS, limit, lots);
    enter.accept(order);
    long taken = lots - order.leaves;
    orders.give(order);
    return taken;
  }

  /** An order of the agents was filled to its end. */
  void done(BookOrder order) {
    orders.give(order);
  }

  private static boolean reaches(Side resting, long limit, Ladder ladder, int rank) {
    long px = ladder.level(rank).px;
    return resting == Side.SELL ? px <= limit : px >= limit;
  }

  /** Makers leave the prices that are too good by now, and those too far away. */
  private void pullQuotes() {
    for (var side : SIDES) {
      var ladder = book.side(side);
      long touch = price(side, 0);
      long far = price(side, FAR_LEVELS);
      for (int rank = ladder.size() - 1; rank >= 0; rank--) {
        var level = ladder.level(rank);
        if (ladder.ranksBefore(level.px, touch) || ladder.ranksBefore(far, level.px)) pull(level);
      }
    }
  }

  private void pull(Level level) {
    var order = level.oldest;
    while (order != null) {
      var newer = order.newer;
      if (order.owner == BookOrder.NOBODY) cancel(order);
      order = newer;
    }
  }

  /** What the desk offers at a price that is too good by now is taken bit by bit. */
  private void takeBargains() {
    for (var side : SIDES) {
      var best = book.best(side.opposite());
      if (best == null || book.side(side).ranksBefore(best.px, touch(side))) continue;
      long lots = chance.lots(2 * character.lotsPerOrder());
      enter(side, best.px, lots);
    }
  }

  /** What was swept or is new at the edge is quoted again, thinly at first. */
  private void fillEmptyLevels() {
    for (var side : SIDES) {
      for (int i = 0; i < LEVELS; i++) {
        long px = price(side, i);
        if (band.allows(px) && book.side(side).find(px) == null) {
          for (int orders = 0; orders < 3; orders++) add(side, i);
        }
      }
    }
  }

  /** A maker adds to a level that is thinner than usual, or pulls from one that is thicker. */
  private void quote() {
    if (chance.happens(CHANCE_OF_A_NEW_SPREAD)) changeSpread();
    var side = chance.happens(0.5) ? Side.BUY : Side.SELL;
    int index = (int) Math.min(LEVELS - 1, chance.exponential(MEAN_LEVEL_OF_A_QUOTE));
    long px = price(side, index);
    if (!band.allows(px)) return;
    var level = book.side(side).find(px);
    double fullness = level == null ? 0 : level.lots / (2.0 * usualLots(index));
    double lean = index == 0 ? sign(side) * (0.5 * lean() + MAKERS_FOLLOW_THE_CROWD * crowd()) : 0;
    if (level == null || chance.happens(clamp(1 - fullness + lean, 0.05, 0.95))) add(side, index);
    else pullOne(level);
  }

  private void changeSpread() {
    int gap = 0;
    double wider = character.wideShare();
    for (; gap < WIDEST_GAP && chance.happens(wider); wider *= wider) gap++;
    boolean below = chance.happens(0.5);
    bidGap = below ? gap : 0;
    askGap = below ? 0 : gap;
    pullQuotes();
    fillEmptyLevels();
  }

  private void add(Side side, int index) {
    long lots = chance.lots(character.lotsPerOrder());
    var order = orders.take(side, Rest.WAITS, price(side, index), lots);
    enter.accept(order);
    if (order.leaves == 0) orders.give(order);
  }

  private void pullOne(Level level) {
    int skip = chance.below(level.orders);
    var order = level.newest;
    while (skip-- > 0 && order != null) order = order.older;
    if (order != null && order.owner == BookOrder.NOBODY) cancel(order);
  }

  private void cancel(BookOrder order) {
    book.cancel(order);
    orders.give(order);
  }

  private void take() {
    excited += FOLLOWERS_OF_A_TAKER / (FOLLOWERS_COME_WITHIN_SECONDS * leadersPerSecond);
    double towardsValue =
        0.5 + 0.6 * lean() + 0.25 * value.burst() + TAKERS_FOLLOW_THE_CROWD * crowd();
    var side = chance.happens(clamp(towardsValue, 0.1, 0.9)) ? Side.BUY : Side.SELL;
    do {
      var best = book.best(side.opposite());
      if (best == null) return;
      long deeper = chance.happens(CHANCE_OF_A_DEEP_TAKE) ? sign(side) : 0;
      sawTaken(side, enter(side, best.px + deeper, takerLots()));
    } while (chance.happens(CHANCE_OF_ONE_AT_ONCE));
  }

  /** Mostly one lot, now and then many times the mean: as the recorded sessions have it. */
  private long takerLots() {
    if (chance.happens(CHANCE_OF_A_LARGE_TAKER))
      return 1 + (long) chance.exponential(TOUCHES_A_LARGE_TAKER_WANTS * usualLots(0));
    return chance.skewed(character.takerLots() / MEAN_OF_SKEW, SKEW);
  }

  /** Where the value lies between bid (-0.5) and ask (+0.5). */
  private double lean() {
    return clamp(value.ticks() - centre - 0.5, -0.5, 0.5);
  }

  /** How much more waits to buy (+1) or to sell (-1) at the best prices. */
  private double crowd() {
    var bid = book.best(Side.BUY);
    var ask = book.best(Side.SELL);
    if (bid == null || ask == null) return 0;
    // A wall impresses nobody more than twice of what is usual does.
    long most = 2 * usualLots(0);
    double bids = Math.min(bid.lots, most);
    double asks = Math.min(ask.lots, most);
    return (bids - asks) / (bids + asks);
  }

  /** The best price makers would quote. */
  private long touch(Side side) {
    return side == Side.BUY ? centre - bidGap : centre + 1 + askGap;
  }

  /** The price of a level of quotes, which keep behind a large order of the desk. */
  private long price(Side side, int index) {
    var opposite = book.best(side.opposite());
    long best = touch(side);
    if (opposite != null)
      best = side == Side.BUY ? Math.min(best, opposite.px - 1) : Math.max(best, opposite.px + 1);
    return best - (long) sign(side) * index;
  }

  private long usualLots(int index) {
    long more = character.deepLots() - character.touchLots();
    return character.touchLots() + more * Math.min(index, DEEP_FROM_LEVEL) / DEEP_FROM_LEVEL;
  }

  private static final Side[] SIDES = {Side.BUY, Side.SELL};

  private static int sign(Side side) {
    return side == Side.BUY ? 1 : -1;
  }

  private static long floor(double ticks) {
    return (long) Math.floor(ticks);
  }

  private static double clamp(double x, double low, double high) {
    return Math.max(low, Math.min(high, x));
  }
}
