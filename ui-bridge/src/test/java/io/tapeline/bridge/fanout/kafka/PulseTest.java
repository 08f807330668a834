package io.tapeline.bridge.fanout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PulseTest {
  private final Pulse pulse = new Pulse(3);

  @Test
  void silenceIsWhenNoAnswerComesForLongerThanTheLimit() {
    pulse.start(0);
    assertThat(pulse.isSilent(1, 2)).isFalse();
    assertThat(pulse.isSilent(1, 5)).isFalse();
    assertThat(pulse.isSilent(1, 6)).isTrue();
    assertThat(pulse.isSilent(2, 7)).isFalse();
  }

  @Test
  void aNewBeginningIsNoSilence() {
    pulse.start(100);
    assertThat(pulse.isSilent(0, 103)).isFalse();
    assertThat(pulse.isSilent(0, 104)).isTrue();
    pulse.start(104);
    assertThat(pulse.isSilent(0, 105)).isFalse();
  }
}
