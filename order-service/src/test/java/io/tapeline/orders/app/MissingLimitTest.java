package io.tapeline.orders.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingLimitTest {
  private static final List<String> LIMITS =
      List.of(
          "max-order-qty",
          "max-position",
          "max-working-orders",
          "orders-per-second",
          "collar-ticks");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-order-qty",
        "max-position",
        "max-working-orders",
        "orders-per-second",
        "collar-ticks"
      })
  void aLimitThatIsMissingStopsTheStartWithItsName(String missing) {
    assertThatThrownBy(() -> read(allBut(missing))).hasMessageContaining(missing);
  }

  @Test
  void withAllOfThemItStarts() {
    read(allBut(""));
  }

  private static Map<String, String> allBut(String missing) {
    var config = new HashMap<String, String>();
    config.put("orders.instance", "test");
    config.put("orders.send-within", "PT5S");
    config.put("orders.tape-lag-limit", "PT2S");
    config.put("orders.feed-patience", "PT3S");
    config.put("orders.risk-silence", "PT5S");
    config.put("orders.risk-grace", "PT30S");
    for (var limit : LIMITS)
      if (!limit.equals(missing)) config.put("orders.limits.\"default\"." + limit, "50");
    return config;
  }

  private static OrdersConfig read(Map<String, String> config) {
    return new SmallRyeConfigBuilder()
        .withMapping(OrdersConfig.class)
        .withDefaultValues(config)
        .build()
        .getConfigMapping(OrdersConfig.class);
  }
}
