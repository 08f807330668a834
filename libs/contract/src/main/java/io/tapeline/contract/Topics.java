package io.tapeline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The topics of the suite: their names, and what {@code deploy/topics.yaml} says of each. */
public final class Topics {
  public static final String INSTRUMENTS = "instruments.v1";
  public static final String QUOTES = "market.quotes.v1";
  public static final String DEPTH = "market.depth.v1";
  public static final String MARKET_TRADES = "market.trades.v1";
  public static final String BARS = "market.bars.v1";
  public static final String FORMING_BARS = "market.bars.forming.v1";
  public static final String MARKET_STATUS = "market.status.v1";
  public static final String MARKET_NOTICES = "market.notices.v1";
  public static final String VENUE_REPORTS = "venue.reports.v1";
  public static final String ORDER_EVENTS = "orders.events.v1";
  public static final String ORDER_NOTICES = "orders.notices.v1";
  public static final String POSITIONS = "positions.v1";
  public static final String ACCOUNTS = "accounts.v1";
  public static final String TRADES = "trades.v1";
  public static final String RISK_EVENTS = "risk.events.v1";
  public static final String POSITION_NOTICES = "positions.notices.v1";

  /**
   * The partition count of every account-keyed topic, for life: an account's stream must never
   * move.
   */
  public static final int ACCOUNT_PARTITIONS = 12;

  private Topics() {}

  /** Where records that could not be read are parked, with the reason. */
  public static String deadLetters(String topic) {
    return topic + ".dlq";
  }

  /** Every topic, in the order of the file. */
  public static List<TopicSpec> all() {
    try (var yaml =
        Objects.requireNonNull(
            Topics.class.getResourceAsStream("/topics.yaml"), "topics.yaml is not packaged")) {
      var specs = new ArrayList<TopicSpec>();
      for (var topic : new YAMLMapper().readTree(yaml).required("topics")) specs.add(spec(topic));
      return List.copyOf(specs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TopicSpec spec(JsonNode topic) {
    var retention = topic.required("retention").asText();
    return new TopicSpec(
        topic.required("name").asText(),
        topic.required("key").asText(),
        topic.required("writer").asText(),
        topic.required("partitions").asInt(),
        retention.equals("compacted"),
        keptFor(retention),
        bytes(topic.required("bytes").asText()),
        duration(topic.required("segment").asText()));
  }

  private static @Nullable Duration keptFor(String retention) {
    return retention.equals("compacted") || retention.equals("forever")
        ? null
        : duration(retention);
  }

  private static Duration duration(String text) {
    if (text.endsWith("min"))
      return Duration.ofMinutes(Long.parseLong(text.substring(0, text.length() - 3)));
    var count = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 'h' -> Duration.ofHours(count);
      case 'd' -> Duration.ofDays(count);
      default -> throw new IllegalArgumentException("not a duration in topics.yaml: " + text);
    };
  }

  private static long bytes(String text) {
    if (text.equals("unlimited")) return -1;
    if (!text.endsWith("MB"))
      throw new IllegalArgumentException("not a size in topics.yaml: " + text);
    return Long.parseLong(text.substring(0, text.length() - 2)) * 1_000_000;
  }
}
