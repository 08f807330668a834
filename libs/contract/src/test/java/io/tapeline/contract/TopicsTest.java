package io.tapeline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void everyTopicNamedInCodeIsStatedInTheFile() {
    assertThat(Topics.all())
        .extracting(TopicSpec::name)
        .containsAll(namedInCode())
        .doesNotHaveDuplicates();
  }

  @Test
  void everyTopicKeyedByAccountHasTwelvePartitions() {
    assertThat(Topics.all())
        .filteredOn(topic -> topic.key().startsWith("account"))
        .isNotEmpty()
        .allSatisfy(topic -> assertThat(topic.partitions()).isEqualTo(Topics.ACCOUNT_PARTITIONS));
  }

  @Test
  void theJournalIsKeptForEverAndQuotesAnHour() {
    assertThat(topic(Topics.ORDER_EVENTS))
        .isEqualTo(
            new TopicSpec(
                Topics.ORDER_EVENTS,
                "account",
                "order-service",
                12,
                false,
                null,
                -1,
                Duration.ofDays(7)));
    assertThat(topic(Topics.QUOTES).retention()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void theBoundedTopicsOfOneMachineStayBelowFiveGigabytes() {
    var bytes =
        Topics.all().stream()
            .filter(t -> t.retentionBytes() > 0)
            .mapToLong(t -> t.retentionBytes() * t.partitions())
            .sum();
    assertThat(bytes).isLessThan(5_000_000_000L);
  }

  private static TopicSpec topic(String name) {
    return Topics.all().stream()
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> namedInCode() {
    return Arrays.stream(Topics.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
        .map(
            field -> {
              try {
                return (String) field.get(null);
              } catch (IllegalAccessException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }
}
