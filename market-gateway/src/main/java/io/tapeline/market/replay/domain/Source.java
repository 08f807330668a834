package io.tapeline.market.replay.domain;

import io.tapeline.market.book.domain.Unusable;
import io.tapeline.model.Symbol;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One recording within a replay, standing at its next record. Knows which market each record
 * belongs to, and where an event ends.
 */
final class Source {
  private static final long NANOS_A_DAY = 86_400_000_000_000L;

  /**
   * Where the records of an instrument id go.
   *
   * @param market where they are applied; null where they cannot be, for {@code refusal}
   * @param feed the market's number with the publisher
   */
  record Target(
      String label,
      @Nullable RecordedMarket market,
      int feed,
      @Nullable Unusable refusal,
      MarketCount count) {}

  /** What a contract code stands for in this replay. */
  interface Targets {
    Target of(RecordingKind kind, Optional<Symbol> symbol, String label);
  }

  private final Recording recording;
  private final Targets targets;
  private final Map<Integer, Target> byInstrument = new HashMap<>();
  private long targetsDay = Long.MIN_VALUE;
  private int lastInstrument;
  private @Nullable Target lastTarget;

  private boolean hasNext;
  private @Nullable String problem;

  Source(Recording recording, Targets targets) {
    this.recording = recording;
    this.targets = targets;
    advance();
  }

  /** Whether it stands at a record. */
  boolean hasNext() {
    return hasNext;
  }

  /** The record it stands at. */
  Recording record() {
    return recording;
  }

  void advance() {
    try {
      hasNext = recording.next();
    } catch (BrokenRecordingException e) {
      hasNext = false;
      problem = e.getMessage();
    }
  }

  /** Why it stopped before its end, if it did. */
  @Nullable String problem() {
    return problem;
  }

  /** Where the record it stands at belongs. */
  Target target() {
    int instrument = recording.instrumentId();
    long day = recording.tsRecv() / NANOS_A_DAY;
    if (day != targetsDay) {
      byInstrument.clear(); // ids mean other contracts on other days
      lastTarget = null;
      targetsDay = day;
    }
    if (lastTarget != null && instrument == lastInstrument) return lastTarget;
    lastInstrument = instrument;
    lastTarget = byInstrument.computeIfAbsent(instrument, this::resolve);
    return lastTarget;
  }

  private Target resolve(int instrument) {
    var code = recording.symbol();
    return code == null
        ? targets.of(
            recording.kind(),
            Optional.empty(),
            "instrument " + Integer.toUnsignedString(instrument))
        : targets.of(recording.kind(), symbol(code), code);
  }

  static Optional<Symbol> symbol(String code) {
    try {
      return Optional.of(new Symbol(code));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
