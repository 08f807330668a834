package io.tapeline.bridge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.TestStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "ui_bridge"))
@WithTestResource(InnerStub.class)
class PassThroughIT {
  @Test
  void anOrderTravelsSignedInTheNameOfItsUser() throws IOException {
    var answer =
        Desk.browser()
            .header("X-Request-Id", "req-7")
            .header("Idempotency-Key", "key-7")
            .contentType("application/json")
            .body("{\"clOrdId\":\"a1\"}")
            .post("/api/accounts/PRACTICE/orders")
            .then()
            .statusCode(201)
            .header("X-Request-Id", "req-7")
            .header("Cache-Control", "no-store")
            .body("path", equalTo("/api/accounts/PRACTICE/orders"))
            .body("key", equalTo("key-7"))
            .body("id", equalTo("req-7"))
            .body("body", equalTo("{'clOrdId':'a1'}"))
            .extract();

    String authorization = answer.path("authorization");
    var token =
        ServiceToken.verify(
            InstallationSecret.read(TestStack.shared().secretFile()),
            authorization.substring("Bearer ".length()),
            Instant.now());
    assertThat(token).isEqualTo(new ServiceToken("owner", Scope.ADMIN));
  }

  @Test
  void aProblemTravelsBackUnchanged() {
    Desk.browser()
        .contentType("application/json")
        .body("{}")
        .patch("/api/accounts/PRACTICE/orders/denied")
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("reason", equalTo("STALE_VERSION"))
        .body("row.version", equalTo(3));
  }

  @Test
  void theListOfAccountsShowsOnlyOnesOwn() {
    Desk.browser()
        .get("/api/accounts")
        .then()
        .statusCode(200)
        .body("items.accountId", contains("PRACTICE"));
  }

  @Test
  void timingsOfAllServicesStandTogetherAndOneThatIsDownIsNamed() {
    Desk.browser().get("/api/accounts").then().statusCode(200);

    Desk.browser()
        .get("/api/timings")
        .then()
        .statusCode(200)
        .body("items.findAll { it.service == 'ui-bridge' }.name", hasItem("GET /api/accounts"))
        .body("items.find { it.name == 'place_order' }.p99", equalTo(61.5f))
        .body("calls.used.what.flatten()", hasItem("GET /api/accounts"))
        .body(
            "calls.findAll { it.service == 'ui-bridge' }.caller",
            hasItem(startsWith("owner, browser ")))
        .body("missing", contains("market-gateway"));
  }

  @Test
  void onlyAnAdminHasTimingsForgotten() {
    given()
        .header("Authorization", "Bearer " + Desk.installationToken(Scope.TRADE))
        .delete("/api/timings")
        .then()
        .statusCode(403);
    Desk.browser()
        .delete("/api/timings")
        .then()
        .statusCode(200)
        .body("missing", contains("market-gateway"));
  }

  @Test
  void aServiceThatIsDownIsNamedAndNothingWasDone() {
    Desk.browser()
        .get("/api/instruments")
        .then()
        .statusCode(503)
        .body("reason", equalTo("SERVICE_DOWN"))
        .body("params.service", equalTo("market-gateway"));
  }

  @Test
  void aServiceThatHangsUpLeavesTheOutcomeOpen() {
    Desk.browser()
        .contentType("application/json")
        .body("{}")
        .patch("/api/accounts/PRACTICE/orders/slow-death")
        .then()
        .statusCode(504)
        .body("reason", equalTo("SERVICE_SILENT"));
  }

  @Test
  void accountsThatDoNotExistOrPathsThatDoNotAreNotPassedOn() {
    Desk.browser()
        .get("/api/accounts/NOBODY")
        .then()
        .statusCode(404)
        .body("reason", equalTo("UNKNOWN_ACCOUNT"));
    Desk.browser()
        .get("/api/accounts/PRACTICE/secrets")
        .then()
        .statusCode(404)
        .body("reason", equalTo("UNKNOWN_PATH"));
  }

  @Test
  void anAccountThatWasTakenAwayIsClosedAtOnce() {
    Desk.launcher().delete("/api/grants/owner/REPLAY").then().statusCode(204);
    try {
      Desk.browser()
          .get("/api/accounts/REPLAY")
          .then()
          .statusCode(403)
          .body("reason", equalTo("ACCOUNT_NOT_GRANTED"));
    } finally {
      Desk.launcher().put("/api/grants/owner/REPLAY").then().statusCode(204);
    }
    Desk.browser().get("/api/accounts/REPLAY").then().statusCode(200).body("key", equalTo("null"));
  }

  @Test
  void aBodyThatIsTooLongIsRefused() {
    Desk.browser()
        .contentType("application/json")
        .body("x".repeat(70_000))
        .post("/api/accounts/PRACTICE/orders")
        .then()
        .statusCode(413);
  }

  @Test
  void theStatusSaysWhatTheDeskWaitsFor() throws InterruptedException {
    // a service that answers late is waited for, too
    for (int tries = 0; tries < 100; tries++) {
      var waitingFor = Desk.launcher().get("/api/status").path("waitingFor").toString();
      if (!waitingFor.contains("order-service") && waitingFor.contains("market-gateway")) break;
      Thread.sleep(100);
    }
    Desk.launcher()
        .get("/api/status")
        .then()
        .statusCode(200)
        .body("ready", equalTo(false))
        .body("waitingFor.find { it == 'market-gateway' }", equalTo("market-gateway"))
        .body("waitingFor.find { it == 'order-service' }", nullValue());
  }

  @Test
  void scriptsMayTradeWithATokenAlone() {
    var token =
        Desk.launcher()
            .contentType("application/json")
            .body("{\"scope\":\"trade\"}")
            .post("/api/tokens")
            .then()
            .extract()
            .<String>path("token");
    given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json")
        .body("{}")
        .post("/api/accounts/PRACTICE/orders")
        .then()
        .statusCode(201);
  }

  @Test
  void historyThatIsOverIsNotSentAgainAndWhatStillFormsIsNeverKept() throws IOException {
    var market = ConfigProvider.getConfig().getValue("tapeline.services.market", URI.class);
    var server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), market.getPort()), 0);
    server.createContext(
        "/api/bars",
        call -> {
          var body = "{\"items\":[]}".getBytes(StandardCharsets.US_ASCII);
          call.getResponseHeaders().add("Content-Type", "application/json");
          call.sendResponseHeaders(200, body.length);
          call.getResponseBody().write(body);
          call.close();
        });
    server.start();
    try {
      var over =
          "/api/bars?symbol=ESH4&interval=1m&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";
      var tag =
          Desk.browser()
              .urlEncodingEnabled(false)
              .get(over)
              .then()
              .statusCode(200)
              .contentType("application/json")
              .header("Cache-Control", "private, no-cache")
              .extract()
              .header("ETag");
      Desk.browser()
          .urlEncodingEnabled(false)
          .header("If-None-Match", tag)
          .get(over)
          .then()
          .statusCode(304);
      Desk.browser()
          .get("/api/bars?symbol=ESH4&interval=1m")
          .then()
          .statusCode(200)
          .header("Cache-Control", "no-store");
    } finally {
      server.stop(0);
    }
  }
}
