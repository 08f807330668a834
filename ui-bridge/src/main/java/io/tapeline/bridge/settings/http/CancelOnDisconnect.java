package io.tapeline.bridge.settings.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.bridge.absence.app.AbsenceConfig;
import io.tapeline.contract.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The one setting that the bridge itself acts upon, so that it must be right. */
@ApplicationScoped
class CancelOnDisconnect {
  static final String NAME = "cancel-on-disconnect";

  private final AbsenceConfig config;

  @Inject
  CancelOnDisconnect(AbsenceConfig config) {
    this.config = config;
  }

  /** What is wrong with it; null: nothing. */
  @Nullable String wrong(String body) {
    var grace = read(body);
    long shortest = config.shortestGrace().toSeconds();
    long longest = config.longestGrace().toSeconds();
    return grace != null && grace >= shortest && grace <= longest
        ? null
        : "{\"on\":true or false,\"graceSeconds\":%d to %d}".formatted(shortest, longest);
  }

  private static @Nullable Integer read(String body) {
    try {
      JsonNode json = Json.MAPPER.readTree(body);
      var grace = json.path("graceSeconds");
      boolean named = json.size() == 2 && json.path("on").isBoolean();
      return named && grace.canConvertToInt() && grace.isInt() ? grace.intValue() : null;
    } catch (IOException _) {
      return null;
    }
  }
}
