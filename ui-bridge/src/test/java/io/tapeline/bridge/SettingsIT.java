package io.tapeline.bridge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.absence.store.PresenceStore;
import io.tapeline.bridge.door.store.DoorStore;
import io.tapeline.bridge.settings.store.SettingStore;
import io.tapeline.testkit.StackResource;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "ui_bridge"))
@WithTestResource(InnerStub.class)
class SettingsIT {
  private static final String JSON = "application/json";
  private static final String ABSENCE = "/api/settings/cancel-on-disconnect";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final double FOR_EVER = 1e9;

  @Inject PresenceStore presence;
  @Inject SettingStore settings;
  @Inject DoorStore door;
  @Inject Pool postgres;

  private static String put(String path, String body) {
    return Desk.browser()
        .contentType(JSON)
        .body(body)
        .put(path)
        .then()
        .statusCode(204)
        .extract()
        .header("ETag");
  }

  @Test
  void aSettingComesBackAsItWasPut() {
    Desk.browser().get("/api/settings/never-put").then().statusCode(404);
    Desk.browser().get("/api/settings/never-put?missing=empty").then().statusCode(204);
    var tag = put("/api/settings/chart", "{\"b\": 1,  \"a\":[]}");

    var answer = Desk.browser().get("/api/settings/chart").then().statusCode(200).extract();
    assertThat(answer.body().asString()).isEqualTo("{\"b\": 1,  \"a\":[]}");
    assertThat(answer.header("ETag")).isEqualTo(tag);
    assertThat(answer.contentType()).startsWith(JSON);
    Desk.browser().header("If-None-Match", tag).get("/api/settings/chart").then().statusCode(304);

    Desk.browser().delete("/api/settings/chart").then().statusCode(204);
    Desk.browser().get("/api/settings/chart").then().statusCode(404);
  }

  @Test
  void oneWindowDoesNotOverwriteWhatAnotherSaved() {
    var first = put("/api/workspace", "{\"n\":1}");
    var second = put("/api/workspace", "{\"n\":2}");
    Desk.browser()
        .contentType(JSON)
        .header("If-Match", first)
        .body("{\"n\":3}")
        .put("/api/workspace")
        .then()
        .statusCode(412)
        .body("reason", equalTo("STALE_VERSION"));
    Desk.browser()
        .contentType(JSON)
        .header("If-Match", second)
        .body("{\"n\":3}")
        .put("/api/workspace")
        .then()
        .statusCode(204);
    Desk.browser()
        .contentType(JSON)
        .header("If-None-Match", "*")
        .body("{}")
        .put("/api/workspace")
        .then()
        .statusCode(412);
    Desk.browser().get("/api/workspace").then().statusCode(200).body("n", equalTo(3));
    Desk.browser().get("/api/settings/workspace").then().statusCode(200).body("n", equalTo(3));
  }

  @Test
  void aWishToBeCanceledOnDisconnectMustBeRightAndTakesTheRightToTrade() {
    for (var wrong :
        new String[] {
          "{}",
          "1",
          "{\"on\":true}",
          "{\"on\":\"yes\",\"graceSeconds\":15}",
          "{\"on\":true,\"graceSeconds\":1}",
          "{\"on\":true,\"graceSeconds\":121}",
          "{\"on\":true,\"graceSeconds\":15.5}",
          "{\"on\":true,\"graceSeconds\":15,\"more\":1}"
        })
      Desk.browser()
          .contentType(JSON)
          .body(wrong)
          .put(ABSENCE)
          .then()
          .statusCode(400)
          .body("reason", equalTo("MALFORMED_REQUEST"));
    given()
        .header("Authorization", "Bearer " + readToken())
        .contentType(JSON)
        .body(wish(true, 15))
        .put(ABSENCE)
        .then()
        .statusCode(403)
        .body("reason", equalTo("NOT_ALLOWED"));
    put(ABSENCE, wish(false, 15));
    Desk.browser().get(ABSENCE).then().statusCode(200).body("graceSeconds", equalTo(15));
    Desk.browser().delete(ABSENCE).then().statusCode(204);
  }

  private static String wish(boolean on, int graceSeconds) {
    return "{\"on\":%s,\"graceSeconds\":%d}".formatted(on, graceSeconds);
  }

  private static String readToken() {
    return Desk.browser()
        .contentType(JSON)
        .body("{\"scope\":\"read\"}")
        .post("/api/tokens")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }

  /** The first call of all is refused by the stub, so that it must be made again. */
  @Test
  void whoIsGoneForLongerThanAgreedHasTheirWorkingOrdersCanceled() throws InterruptedException {
    var token = Map.of("Authorization", "Bearer " + readToken());
    put(ABSENCE, wish(true, 2));
    try (var onlooker = Screen.open(Desk.socket(), token)) {
      try (var screen = Desk.screen()) {
        screen.say("{\"op\":\"ping\",\"id\":1}");
        screen.awaitControl("pong", "");
        awaitWatched();
      }
      awaitCanceled("/api/accounts/PRACTICE/cancel-all cancel-on-disconnect.20");
      onlooker.say("{\"op\":\"ping\",\"id\":1}");
      onlooker.awaitControl("pong", "");
    } finally {
      Desk.browser().delete(ABSENCE);
    }
  }

  /** The bridge has said in the database that the owner is there. */
  private void awaitWatched() throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      if (isWatched("owner")) return;
      Thread.sleep(50);
    }
    throw new AssertionError("nobody noticed that the owner was there");
  }

  private boolean isWatched(String user) {
    return postgres
            .preparedQuery("select 1 from presence where user_name = $1")
            .execute(Tuple.of(user))
            .await()
            .atMost(LIMIT)
            .rowCount()
        > 0;
  }

  private static void awaitCanceled(String call) throws InterruptedException {
    var stub = ConfigProvider.getConfig().getValue("tapeline.services.orders", String.class);
    var canceled = "";
    for (int i = 0; i < 600 && !canceled.contains(call); i++) {
      Thread.sleep(50);
      canceled = given().get(stub + "/canceled").asString();
    }
    assertThat(canceled).contains(call);
  }

  @Test
  void aUserWhoIsHeardAtAnyBridgeIsThereAndOnlyOneBridgeCancelsForTheOthers() {
    var user = "gone-" + System.nanoTime();
    run(door.addUser(user, "trade"));
    run(door.grant(user, List.of("PRACTICE")));
    wishes(user, 80_000);
    run(presence.heard(Map.of(user, 79_000.0)));
    assertThat(due(user, FOR_EVER)).as("within the grace").isEmpty();

    wishes(user, 70_000);
    assertThat(due(user, 60_000)).as("a bridge that has just begun to look").isEmpty();
    run(presence.heard(Map.of(user, 10.0)));
    run(presence.heard(Map.of(user, 69_000.0)));
    wishes(user, 60_000);
    assertThat(due(user, FOR_EVER)).as("another bridge heard them").isEmpty();

    wishesNothing(user);
    run(presence.heard(Map.of()));
    wishes(user, 80_000);
    run(presence.heard(Map.of(user, 79_000.0)));
    wishes(user, 70_000);
    var gone = due(user, FOR_EVER);
    assertThat(gone)
        .singleElement()
        .satisfies(it -> assertThat(it.accounts()).containsExactly("PRACTICE"));
    assertThat(due(user, FOR_EVER)).as("claimed by another bridge").isEmpty();

    run(presence.done(gone.getFirst()));
    run(presence.heard(Map.of(user, 79_000.0)));
    assertThat(due(user, FOR_EVER)).as("not before they were here again").isEmpty();
    assertThat(isWatched(user)).as("nor when the claim has run out").isFalse();
    wishesNothing(user);
  }

  @Test
  void whatWasHeardBeforeAWishWasTakenBackMeansNothingAfterwards() {
    var user = "back-" + System.nanoTime();
    run(door.addUser(user, "trade"));
    wishes(user, 80_000);
    run(presence.heard(Map.of(user, 79_000.0)));
    wishesNothing(user);
    run(presence.heard(Map.of()));
    wishes(user, 70_000);
    assertThat(due(user, FOR_EVER)).isEmpty();

    run(presence.heard(Map.of(user, 60_000.0)));
    wishes(user, 50_000);
    run(door.addMember(user, "read"));
    assertThat(due(user, FOR_EVER)).as("who may not trade any more").isEmpty();
    wishesNothing(user);
  }

  private void wishes(String user, int graceSeconds) {
    run(settings.put(user, "cancel-on-disconnect", wish(true, graceSeconds)));
  }

  private void wishesNothing(String user) {
    run(settings.put(user, "cancel-on-disconnect", wish(false, 15)));
  }

  private List<PresenceStore.Absent> due(String user, double watchedSeconds) {
    return presence.claim(watchedSeconds).await().atMost(LIMIT).stream()
        .filter(absent -> absent.user().equals(user))
        .toList();
  }

  private static void run(Uni<?> statement) {
    statement.await().atMost(LIMIT);
  }

  @Test
  void whatIsNoSettingIsRefused() {
    Desk.browser().contentType(JSON).body("{").put("/api/settings/x").then().statusCode(400);
    Desk.browser().contentType(JSON).body("{}").put("/api/settings/X!").then().statusCode(400);
    Desk.browser()
        .contentType(JSON)
        .body("\"" + "x".repeat(101 * 1024) + "\"")
        .put("/api/settings/x")
        .then()
        .statusCode(400);
    given().get("/api/workspace").then().statusCode(401);
  }

  @Test
  void aUserKeepsABoundedNumberOfThem() {
    int refused = 0;
    for (int i = 0; i < 40; i++)
      if (Desk.browser().contentType(JSON).body("1").put("/api/settings/many-" + i).statusCode()
          == 409) refused++;
    assertThat(refused).isGreaterThanOrEqualTo(8);
    for (int i = 0; i < 40; i++) Desk.browser().delete("/api/settings/many-" + i);
  }
}
