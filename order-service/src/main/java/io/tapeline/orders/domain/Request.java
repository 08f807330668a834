package io.tapeline.orders.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to the venue, without an answer yet.
 *
 * @param requestNo numbers the requests about one order, from 1
 * @param doubt set while it is not known whether the venue received it
 * @param change what a REPLACE asks for
 */
public record Request(
    RequestKind kind,
    long requestNo,
    Instant since,
    @Nullable Doubt doubt,
    @Nullable Change change) {
  static Request of(RequestKind kind, long requestNo, Instant since) {
    return new Request(kind, requestNo, since, null, null);
  }

  /**
   * What is known of a request in doubt.
   *
   * @param negatives how often the venue said "unknown" in a way that counts; the second is proof
   * @param lastAskedAt when the last of them was asked: the same answer told twice counts once
   */
  public record Doubt(Instant since, String why, int negatives, @Nullable Instant lastAskedAt) {}

  public boolean inDoubt() {
    return doubt != null;
  }

  Request doubted(Instant at, String why) {
    return new Request(kind, requestNo, since, new Doubt(at, why, 0, null), change);
  }

  Request trusted() {
    return new Request(kind, requestNo, since, null, change);
  }

  Request deniedOnce(Instant askedAt) {
    return doubt == null
        ? this
        : new Request(
            kind,
            requestNo,
            since,
            new Doubt(doubt.since, doubt.why, doubt.negatives + 1, askedAt),
            change);
  }
}
