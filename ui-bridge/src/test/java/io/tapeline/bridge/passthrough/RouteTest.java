package io.tapeline.bridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.bridge.inner.InnerService;
import io.tapeline.door.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  @ParameterizedTest
  @CsvSource({
    "GET,    /api/accounts,                            POSITIONS, READ",
    "GET,    /api/accounts/A1,                         POSITIONS, READ",
    "GET,    /api/accounts/A1/positions,               POSITIONS, READ",
    "POST,   /api/accounts/A1/positions/ESH4/close,    ORDERS,    TRADE",
    "POST,   /api/accounts/A1/positions/ESH4/reverse,  ORDERS,    TRADE",
    "GET,    /api/accounts/A1/trades.csv,              POSITIONS, READ",
    "POST,   /api/accounts/A1/what-if,                 POSITIONS, READ",
    "POST,   /api/accounts/A1/orders,                  ORDERS,    TRADE",
    "PATCH,  /api/accounts/A1/orders/x.1,              ORDERS,    TRADE",
    "GET,    /api/accounts/A1/orders/x.1/history,      ORDERS,    READ",
    "GET,    /api/accounts/A1/orders/x.1/evidence,     POSITIONS, READ",
    "POST,   /api/accounts/A1/orders/x.1/resolve,      ORDERS,    ADMIN",
    "GET,    /api/accounts/A1/fills,                   ORDERS,    READ",
    "POST,   /api/accounts/A1/flatten,                 ORDERS,    TRADE",
    "GET,    /api/accounts/A1/commands/c1,             ORDERS,    READ",
    "POST,   /api/accounts/A1/adjustments,             POSITIONS, ADMIN",
    "POST,   /api/accounts/A1/reset,                   POSITIONS, ADMIN",
    "GET,    /api/instruments,                         MARKET,    READ",
    "POST,   /api/replay,                              MARKET,    TRADE",
    "GET,    /api/alerts,                              MARKET,    READ",
    "POST,   /api/alerts,                              MARKET,    READ",
    "DELETE, /api/alerts/a.1,                          MARKET,    READ",
    "POST,   /api/venues/sim/faults,                   MARKET,    ADMIN",
  })
  void everyCallHasItsServiceAndItsScope(
      String method, String path, InnerService service, Scope scope) {
    var route = Route.of(method, path);
    assertThat(route).isNotNull();
    assertThat(route.service()).isEqualTo(service);
    assertThat(route.scope()).isEqualTo(scope);
    assertThat(route.account()).isEqualTo(path.contains("/A1") ? "A1" : null);
  }

  @Test
  void whatIsNotKnownGoesNowhere() {
    assertThat(Route.of("POST", "/api/accounts")).isNull();
    assertThat(Route.of("GET", "/api/accounts/A1/secrets")).isNull();
    assertThat(Route.of("GET", "/api/accounts/a b")).isNull();
    assertThat(Route.of("GET", "/q/metrics")).isNull();
  }
}
