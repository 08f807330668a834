package io.tapeline.stack;

import java.time.Duration;

/** Pauses between two looks at something that is not ours to be told about. */
final class Waiting {
  private Waiting() {}

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }
}
