package io.tapeline.market.sim.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tapeline.market.catalogue.CatalogueReader;
import io.tapeline.model.Side;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agents of a market that has run for a while leave nothing behind for a collector. */
class NoGarbageTest {
  private static final int ACTS = 200_000;

  private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private SyntheticMarket agents;
  private long filled;

  @ParameterizedTest
  @ValueSource(strings = {"ES", "NQ", "ZN"})
  void agentsDoNotAllocateInTheSteadyState(String root) {
    var listing =
        CatalogueReader.packaged().front(root, LocalDate.of(2026, 11, 22)).orElseThrow().listing();
    var book = new OrderBook(this::traded);
    agents =
        new SyntheticMarket(
            listing.character(), book, book::submit, listing.startPx().ticks(), 7, 0);
    for (int i = 0; i < 2 * ACTS; i++) agents.act();
    long filledBefore = filled;
    long before = memory.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ACTS; i++) agents.act();
    long allocated = memory.getCurrentThreadAllocatedBytes() - before;
    assertThat(filled - filledBefore).isGreaterThan(1_000);
    // A high-water mark may still move now and then; a byte for every order would be 10 MB.
    assertThat(allocated).isLessThan(ACTS);
  }

  @Test
  void anOrderGivenBackTwiceIsThereOnce() {
    var orders = new AgentOrders();
    var order = orders.take(Side.BUY, BookOrder.Rest.ENDS, 100, 5);
    orders.give(order);
    orders.give(order);
    var again = orders.take(Side.BUY, BookOrder.Rest.ENDS, 101, 6);
    assertThat(again).isSameAs(order);
    assertThat(orders.take(Side.BUY, BookOrder.Rest.ENDS, 102, 7)).isNotSameAs(order);
  }

  private void traded(BookOrder resting, BookOrder aggressor, long px, long lots) {
    if (resting.leaves > 0) return;
    filled++;
    agents.done(resting);
  }
}
