package io.tapeline.bridge.fanout.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tapeline.timing.Timing;
import org.junit.jupiter.api.Test;

/** What a page may say of the hops that end in it. */
class FanoutMetersTest {
  private final Timing timing = Timing.plain(new SimpleMeterRegistry());
  private final FanoutMeters meters = new FanoutMeters(new SimpleMeterRegistry(), timing);

  private void said(String hops) throws ClientMessage.MalformedMessageException {
    var message = ClientMessage.parse("{\"op\":\"timed\",\"hops\":" + hops + "}");
    meters.timed((ClientMessage.Timed) message);
  }

  private long count(String name) {
    return timing.states().stream()
        .filter(state -> state.name().equals(name))
        .mapToLong(state -> state.total().count())
        .sum();
  }

  @Test
  void aPageSpeaksOfItsOwnHopsAlone() throws Exception {
    said("{\"hop.tick.paint\":[12,13],\"hop.tick.bridge\":[1],\"place_order\":[1],\"new\":[1]}");
    assertThat(count("hop.tick.paint")).isEqualTo(2);
    assertThat(count("hop.tick.bridge")).isZero();
    assertThat(timing.states()).noneMatch(state -> state.name().equals("new"));
    assertThat(count("place_order")).isZero();
  }

  @Test
  void aMinuteIsBelievedAndMoreIsNot() throws Exception {
    said("{\"hop.tick.all\":[60000,60000.1,1e300]}");
    assertThat(count("hop.tick.all")).isEqualTo(1);
  }
}
