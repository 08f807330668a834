package io.tapeline.market.faults.domain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Profiles with a name: one thing that goes wrong each, often enough to be met. */
public final class FaultPresets {
  private static final FaultProfile NO = FaultProfile.NONE;
  private static final Duration NOW = Duration.ZERO;
  private static final Map<String, FaultProfile> NAMED = new TreeMap<>();

  static {
    NAMED.put("none", NO);
    NAMED.put("slow-acks", reports(Duration.ofMillis(150), Duration.ofMillis(250), 0, 0, 0));
    NAMED.put("lost-acks", requests(0.3, 0));
    NAMED.put("lost-requests", requests(0, 0.3));
    NAMED.put("duplicates", reports(NOW, NOW, 0.5, 0, 0));
    NAMED.put("out-of-order", reports(NOW, NOW, 0, 0.4, 0));
    NAMED.put("late-fills", reports(NOW, NOW, 0, 0, 0.8));
    NAMED.put("partial-fills", exchange(0.9, 0, 0, 0));
    NAMED.put("rejects", exchange(0, 0.3, 0, 0));
    NAMED.put("busts", exchange(0, 0, 0.3, 0));
    NAMED.put("corrections", exchange(0, 0, 0, 0.3));
    NAMED.put("mute-feed", market(true, false, BookFault.NONE, NOW));
    NAMED.put("halt", market(false, true, BookFault.NONE, NOW));
    NAMED.put("crossed-book", market(false, false, BookFault.CROSSED, NOW));
    NAMED.put("gapped-book", market(false, false, BookFault.GAPPED, NOW));
    NAMED.put("skewed-clock", market(false, false, BookFault.NONE, Duration.ofSeconds(90)));
  }

  private FaultPresets() {}

  /** All of them, by name. */
  public static Map<String, FaultProfile> all() {
    return Map.copyOf(NAMED);
  }

  /**
   * The profile of that name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static FaultProfile named(String name) {
    var profile = NAMED.get(name);
    if (profile == null)
      throw new IllegalArgumentException("no preset " + name + "; there are " + names());
    return profile;
  }

  public static List<String> names() {
    return List.copyOf(NAMED.keySet());
  }

  private static FaultProfile reports(
      Duration delay, Duration jitter, double duplicate, double outOfOrder, double lateFill) {
    return of(delay, jitter, 0, 0, duplicate, outOfOrder, 0, 0, 0, 0, lateFill, NO);
  }

  private static FaultProfile requests(double lostAck, double lostRequest) {
    return of(NOW, NOW, lostAck, lostRequest, 0, 0, 0, 0, 0, 0, 0, NO);
  }

  private static FaultProfile exchange(
      double partialFills, double reject, double bust, double correct) {
    return of(NOW, NOW, 0, 0, 0, 0, partialFills, reject, bust, correct, 0, NO);
  }

  private static FaultProfile market(boolean mute, boolean halted, BookFault book, Duration skew) {
    var shown =
        new FaultProfile(
            NO.seed(),
            NOW,
            NOW,
            0,
            0,
            0,
            0,
            0,
            0,
            NO.rejectCodes(),
            0,
            0,
            NO.reviewAfter(),
            0,
            mute,
            halted,
            book,
            skew);
    return of(NOW, NOW, 0, 0, 0, 0, 0, 0, 0, 0, 0, shown);
  }

  private static FaultProfile of(
      Duration delay,
      Duration jitter,
      double lostAck,
      double lostRequest,
      double duplicate,
      double outOfOrder,
      double partialFills,
      double reject,
      double bust,
      double correct,
      double lateFill,
      FaultProfile shown) {
    return new FaultProfile(
        NO.seed(),
        delay,
        jitter,
        lostAck,
        lostRequest,
        duplicate,
        outOfOrder,
        partialFills,
        reject,
        NO.rejectCodes(),
        bust,
        correct,
        NO.reviewAfter(),
        lateFill,
        shown.muteFeed(),
        shown.halted(),
        shown.book(),
        shown.clockSkew());
  }
}
