package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.market.venue.domain.PracticeMemory.Asked;
import io.tapeline.market.venue.domain.PracticeMemory.Changes;
import io.tapeline.market.venue.domain.PracticeMemory.Input;
import io.tapeline.market.venue.domain.PracticeMemory.Numbered;
import io.tapeline.market.venue.domain.PracticeMemory.Placed;
import io.tapeline.market.venue.domain.VenueLostException;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** What a practice venue has not written to its memory yet. For the venue's thread. */
final class Notebook {
  private static final Logger LOG = Logger.getLogger(Notebook.class);
  private static final long REMEMBER_EVERY = TimeUnit.SECONDS.toNanos(1);

  private final PracticeMarket market;
  private final PracticeMemory memory;
  private final BooleanSupplier isOurs;
  private final List<Input> inputs = new ArrayList<>();
  private final Map<Order, Long> orderNos = new HashMap<>();
  private long run;
  private long orderNo;
  private long executionNo;
  private long inputNo;
  private long rememberedPosition;
  private long rememberedAt;

  private record Order(AccountId account, ClOrdId clOrdId) {}

  /**
   * An empty one.
   *
   * @param isOurs whether this process may still speak for the venue
   */
  Notebook(PracticeMarket market, PracticeMemory memory, BooleanSupplier isOurs) {
    this.market = market;
    this.memory = memory;
    this.isOurs = isOurs;
  }

  /** Goes on with the numbers the memory has. */
  void open() {
    var numbers = memory.numbers();
    orderNo = numbers.orderNo();
    executionNo = numbers.executionNo();
  }

  /** Another life of the exchange began. */
  void begin(PracticeMarket.Opened opened) {
    run = opened.run().run();
    inputNo = opened.inputNo();
    orderNos.clear();
    rememberedPosition = market.position();
  }

  long executionNo() {
    return executionNo;
  }

  void placed(AccountId account, ClOrdId clOrdId) {
    orderNos.put(new Order(account, clOrdId), ++orderNo);
  }

  /** A request that is taken again after a restart. */
  void asked(Instant at, Asked asked) {
    if (market.playsAgain()) inputs.add(new Input(++inputNo, market.position(), at, asked));
  }

  /** Writes what was said and asked, and now and then where the market is. */
  void remember(List<ExchangeEvent> said, boolean atOnce) {
    long now = System.nanoTime();
    boolean due = atOnce || rememberedAt == 0 || now - rememberedAt > REMEMBER_EVERY;
    var prices = due ? market.lastPrices() : Map.<Symbol, Price>of();
    boolean moved = market.position() != rememberedPosition && (due || standsStill());
    if (said.isEmpty() && inputs.isEmpty() && !moved && prices.isEmpty()) return;
    var changes =
        new Changes(
            run,
            market.position(),
            market.tradeHigh(),
            inputs,
            ordersChanged(said),
            executions(said),
            prices);
    write(changes);
    inputs.clear();
    orderNos.clear();
    rememberedPosition = changes.position();
    rememberedAt = now;
  }

  /** Writes orders that ended with the life of the exchange they were in. */
  void rememberEnded(List<OrderState> ended) {
    write(
        new Changes(
            run,
            market.position(),
            market.tradeHigh(),
            List.of(),
            ended.stream().map(order -> new Placed(0, order)).toList(),
            List.of(),
            Map.of()));
  }

  private boolean standsStill() {
    return market.state().phase() == VenueState.Phase.STANDING;
  }

  private List<Placed> ordersChanged(List<ExchangeEvent> said) {
    var touched = new LinkedHashSet<Order>();
    for (var event : said) {
      var order = new Order(event.account(), event.clOrdId());
      touched.add(order);
      // Nobody asked for it: the exchange made it itself, as it does a bracket's legs.
      if (event instanceof ExchangeEvent.Accepted && !orderNos.containsKey(order))
        orderNos.put(order, ++orderNo);
    }
    var changed = new ArrayList<Placed>(touched.size());
    for (var order : touched) {
      market
          .exchange()
          .find(order.account(), order.clOrdId())
          .ifPresent(found -> changed.add(new Placed(orderNos.getOrDefault(order, 0L), found)));
    }
    return changed;
  }

  private List<Numbered> executions(List<ExchangeEvent> said) {
    var executions = new ArrayList<Numbered>();
    for (var event : said) {
      if (event instanceof ExchangeEvent.Execution execution)
        executions.add(new Numbered(++executionNo, execution));
    }
    return executions;
  }

  /**
   * An exchange without its memory is none: waits for the database as long as the venue is ours.
   */
  private void write(Changes changes) {
    for (long pause = 50; ; pause = Math.min(2_000, pause * 2)) {
      try {
        memory.write(changes);
        return;
      } catch (VenueLostException e) {
        throw e;
      } catch (RuntimeException e) {
        if (!isOurs.getAsBoolean())
          throw new VenueLostException("its memory cannot be written, and the lease ran out", e);
        LOG.warnf("a practice venue cannot write its memory, and waits: %s", e.getMessage());
        sleep(pause);
      }
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueLostException("interrupted", e);
    }
  }
}
