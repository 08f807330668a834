package io.tapeline.bridge.fanout.domain;

/**
 * The wall clock's time of a pass, written once for all frames of it.
 *
 * @param micros since 1970
 * @param text as it stands in a text frame
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, and nobody compares stamps
public record Stamp(long micros, byte[] text) {
  long millis() {
    return micros / 1_000;
  }
}
