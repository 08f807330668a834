package io.tapeline.bridge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapeline.door.Scope;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.TestStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "ui_bridge"))
@WithTestResource(InnerStub.class)
class DoorIT {
  @Test
  void aLinkSignsInOnceAndThenSaysWhatToDo() {
    var link = Desk.linkPath();

    var cookie =
        given()
            .redirects()
            .follow(false)
            .urlEncodingEnabled(false)
            .get(link)
            .then()
            .statusCode(303)
            .header("Location", containsString("/"))
            .header("Set-Cookie", containsStringIgnoringCase("; HttpOnly"))
            .header("Set-Cookie", containsString("SameSite=Strict"))
            .extract()
            .cookie("tapeline_session");

    given()
        .cookie("tapeline_session", cookie)
        .get("/api/me")
        .then()
        .statusCode(200)
        .body("user", equalTo("owner"))
        .body("scopes", hasItem("trade"))
        .body("accounts", hasItem("PRACTICE"));
    given()
        .redirects()
        .follow(false)
        .urlEncodingEnabled(false)
        .get(link)
        .then()
        .statusCode(410)
        .contentType("text/html")
        .body(containsString("./tapeline run"));
  }

  @Test
  void onlyTheInstallationMakesLinks() {
    given()
        .post("/api/sign-in-links")
        .then()
        .statusCode(403)
        .body("reason", equalTo("CROSS_SITE_REQUEST"));
    given().header("X-Tapeline", "1").post("/api/sign-in-links").then().statusCode(401);
    Desk.browser().post("/api/sign-in-links").then().statusCode(403);
    given()
        .header("Authorization", "Bearer " + Desk.installationToken(Scope.TRADE))
        .post("/api/sign-in-links")
        .then()
        .statusCode(403);
  }

  @Test
  void whoIsNotSignedInGetsThePageOfTheAppButNoData() {
    given()
        .get("/api/me")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("reason", equalTo("NOT_SIGNED_IN"));
    given().get("/api/accounts").then().statusCode(401);
    given().get("/api/status").then().statusCode(401);
    given()
        .get("/q/health")
        .then()
        .header("Content-Security-Policy", containsString("default-src 'self'"));
    given().get("/q/metrics").then().statusCode(401);
    given().get("/q/openapi").then().statusCode(401);
    Desk.launcher()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("tapeline_bridge_clients"));
    Desk.launcher().get("/q/openapi").then().statusCode(200);
  }

  @Test
  void forgedAndForeignTokensAreRefused() {
    given().header("Authorization", "Bearer tpl_nothing").get("/api/me").then().statusCode(401);
    given()
        .header("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30.")
        .get("/api/me")
        .then()
        .statusCode(401);
    given().cookie("tapeline_session", "forged").get("/api/me").then().statusCode(401);
  }

  @Test
  void aTokenGoesAsFarAsItsScopeAndEndsWhenRevoked() {
    var made =
        Desk.launcher()
            .contentType("application/json")
            .body("{\"name\":\"script\",\"scope\":\"read\"}")
            .post("/api/tokens")
            .then()
            .statusCode(201)
            .body("token", startsWith("tpl_"))
            .extract();
    String token = made.path("token");
    String id = made.path("id");

    given()
        .header("Authorization", "Bearer " + token)
        .get("/api/me")
        .then()
        .statusCode(200)
        .body("scopes", contains("read"));
    given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json")
        .body("{\"scope\":\"trade\"}")
        .post("/api/tokens")
        .then()
        .statusCode(403)
        .body("reason", equalTo("NOT_ALLOWED"));
    given()
        .header("Authorization", "Bearer " + token)
        .post("/api/accounts/PRACTICE/flatten")
        .then()
        .statusCode(403)
        .body("params.scope", equalTo("trade"));
    Desk.browser().get("/api/tokens").then().statusCode(200).body("items.id", hasItem(id));
    Desk.browser().delete("/api/tokens/" + id).then().statusCode(204);
    given().header("Authorization", "Bearer " + token).get("/api/me").then().statusCode(401);
  }

  @Test
  void aMutationWithACookieMustComeFromOurOwnPage() {
    var cookie = Desk.cookie();
    given()
        .cookie("tapeline_session", cookie)
        .post("/api/sign-out")
        .then()
        .statusCode(403)
        .body("reason", equalTo("CROSS_SITE_REQUEST"));
    given()
        .cookie("tapeline_session", cookie)
        .header("X-Tapeline", "1")
        .header("Origin", "https://evil.example")
        .post("/api/sign-out")
        .then()
        .statusCode(403)
        .body("reason", equalTo("WRONG_ORIGIN"));
    given()
        .cookie("tapeline_session", cookie)
        .header("X-Tapeline", "1")
        .post("/api/sign-out")
        .then()
        .statusCode(204);
    given().cookie("tapeline_session", cookie).get("/api/me").then().statusCode(401);
  }

  @Test
  void anotherNameOfThisMachineIsRefused() {
    given()
        .header("Host", "evil.example")
        .get("/api/me")
        .then()
        .statusCode(400)
        .body("reason", equalTo("WRONG_HOST"));
  }

  @Test
  void whatWasDoneIsOnRecord() throws SQLException, InterruptedException {
    Desk.browser().header("X-Request-Id", "audited-1").post("/api/accounts/PRACTICE/flatten");
    try (var db = TestStack.shared().connect("ui_bridge");
        var rows = awaitAudited(db, "audited-1")) {
      assertThat(rows.getString("who")).isEqualTo("owner");
      assertThat(rows.getString("path")).isEqualTo("/api/accounts/PRACTICE/flatten");
      assertThat(rows.getInt("status")).isEqualTo(201);
    }
  }

  /** Lines are written a moment later. */
  private static ResultSet awaitAudited(Connection db, String requestId)
      throws SQLException, InterruptedException {
    for (int tries = 0; tries < 600; tries++) {
      var rows =
          db.createStatement()
              .executeQuery(
                  "select who, method, path, status from audit where request_id = '"
                      + requestId
                      + "'");
      if (rows.next()) return rows;
      Thread.sleep(100);
    }
    throw new AssertionError("nothing on record of " + requestId);
  }

  @Test
  void nothingSecretIsInTheDatabase() throws SQLException {
    var cookie = Desk.cookie();
    try (var db = TestStack.shared().connect("ui_bridge");
        var rows =
            db.createStatement()
                .executeQuery("select encode(token_hash, 'escape') from desk_session")) {
      while (rows.next()) assertThat(rows.getString(1)).doesNotContain(cookie);
    }
  }
}
