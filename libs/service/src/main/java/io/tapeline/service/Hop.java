package io.tapeline.service;

import io.tapeline.timing.Operation;
import io.tapeline.timing.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The parts of the two ways that a trader feels, in their order, each with its share of the way's
 * aim. This is the one place of these budgets; they are of the 99th percentile. A hop ends where
 * its service records it. Where it began on another machine, it is as good as the two clocks.
 */
public enum Hop {
  TICK_VENUE(By.GATEWAY, "hop.tick.venue", "50ms", "a quote from its venue time until it is heard"),
  TICK_GATEWAY(By.GATEWAY, "hop.tick.gateway", "2ms", "… until Kafka's producer has it"),
  TICK_KAFKA(By.BRIDGE, "hop.tick.kafka", "16ms", "… until the bridge has read it (whole ms)"),
  TICK_BRIDGE(
      By.BRIDGE, "hop.tick.bridge", "54ms", "… until a frame takes it: the longest of each"),
  TICK_FRAME(By.BROWSER, "hop.tick.frame", "4ms", "… until the browser has the frame"),
  TICK_PAINT(By.BROWSER, "hop.tick.paint", "24ms", "… until the frame is painted"),
  TICK_ALL(By.BROWSER, "hop.tick.all", "100ms", "a quote from the gateway until it is painted"),

  CLICK_REST(By.BROWSER, "hop.click.rest", "8ms", "from the click until the order is decided on"),
  CLICK_DECIDE(By.ORDERS, "hop.click.decide", "2ms", "… until its batch is decided"),
  CLICK_COMMIT(By.ORDERS, "hop.click.commit", "15ms", "… until the journal has it"),
  CLICK_RELAY(By.ORDERS, "hop.click.relay", "5ms", "… until Kafka has it: every line of a journal"),
  CLICK_INTENT(By.GATEWAY, "hop.click.intent", "12ms", "… until the gateway has committed to send"),
  CLICK_VENUE(By.GATEWAY, "hop.click.venue", "12ms", "… until the venue has answered"),
  CLICK_REPORT(By.ORDERS, "hop.click.report", "15ms", "… until the journal has the answer"),
  CLICK_PAINT(By.BROWSER, "hop.click.paint", "51ms", "… from Kafka until the answer is painted"),
  CLICK_ALL(By.BROWSER, "hop.click.all", "120ms", "from the click until the answer is painted");

  /** Who takes the time at the end of a hop. */
  enum By {
    GATEWAY,
    ORDERS,
    BRIDGE,
    /** The page, which tells the bridge. */
    BROWSER
  }

  /** What was longer on its way waited for somebody who was away. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final By by;
  private final String label;
  private final String budget;
  private final String what;

  Hop(By by, String label, String budget, String what) {
    this.by = by;
    this.label = label;
    this.budget = budget;
    this.what = what;
  }

  /** The name it is told by. */
  public String label() {
    return label;
  }

  /** The hop that a browser may speak of by that name. */
  public static Optional<Hop> ofBrowser(String label) {
    for (var hop : values())
      if (hop.by == By.BROWSER && hop.label.equals(label)) return Optional.of(hop);
    return Optional.empty();
  }

  /** Declares it, to be kept by whoever records it. */
  public Operation in(Timing timing) {
    return timing.hop(label, budget, what);
  }

  /** Records a hop that began elsewhere, by two clocks. */
  public static void took(Operation hop, Instant from, Instant until) {
    var time = Duration.between(from, until);
    if (time.compareTo(LONGEST) <= 0) hop.took(time.toNanos());
  }
}
