package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSetupTest {
  private static final TopicSpec QUOTES = topic("market.quotes.v1", 6);
  private static final TopicSpec ORDERS = topic("orders.events.v1", 12);

  @Test
  void onANewClusterEveryTopicIsMissing() {
    var plan = TopicSetup.plan(List.of(QUOTES, ORDERS), Map.of());
    assertThat(plan.missing()).containsExactly(QUOTES, ORDERS);
    assertThat(plan.complaint()).isEmpty();
  }

  @Test
  void whatIsThereIsLeftAlone() {
    var plan = TopicSetup.plan(List.of(QUOTES, ORDERS), Map.of("orders.events.v1", 12));
    assertThat(plan.missing()).containsExactly(QUOTES);
    assertThat(plan.complaint()).isEmpty();
  }

  @Test
  void anotherPartitionCountIsRefused() {
    var plan = TopicSetup.plan(List.of(QUOTES, ORDERS), Map.of("orders.events.v1", 6));
    assertThat(plan.complaint().orElseThrow())
        .startsWith("Topic orders.events.v1 has 6 partitions where deploy/topics.yaml states 12");
  }

  @Test
  void topicsOfOthersDoNotMatter() {
    assertThat(TopicSetup.plan(List.of(QUOTES), Map.of("theirs", 1)).complaint()).isEmpty();
  }

  private static TopicSpec topic(String name, int partitions) {
    return new TopicSpec(
        name, "account", "someone", partitions, false, null, -1, Duration.ofHours(1));
  }
}
