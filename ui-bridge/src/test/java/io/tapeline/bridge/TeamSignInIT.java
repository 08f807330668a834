package io.tapeline.bridge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tapeline.testkit.StackResource;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "ui_bridge"))
@WithTestResource(InnerStub.class)
class TeamSignInIT {
  /** Follows the way of a browser, whom the provider sends back as what is given. */
  private static Response comeBackAs(String userAndRole) {
    var cookies = new HashMap<String, String>();
    var sent = step("/sign-in/team", cookies);
    assertThat(sent.statusCode()).isEqualTo(302);
    var there = sent.header("Location");
    assertThat(there).contains("/oidc/authorize").contains("response_type=code");
    var state = there.replaceAll(".*[?&]state=([^&]+).*", "$1");
    var back = step("/sign-in/team?state=" + state + "&code=" + userAndRole, cookies);
    for (int i = 0; i < 3 && back.statusCode() == 302; i++) {
      var uri = URI.create(back.header("Location"));
      back =
          step(
              uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
              cookies);
    }
    return back;
  }

  private static Response step(String path, Map<String, String> cookies) {
    var answer =
        given().redirects().follow(false).urlEncodingEnabled(false).cookies(cookies).get(path);
    cookies.putAll(answer.cookies());
    return answer;
  }

  @Test
  void aMemberComesInAsFarAsTheProviderSays() {
    var in = comeBackAs("ann:tapeline-trade");
    assertThat(in.statusCode()).isEqualTo(303);
    given()
        .cookie("tapeline_session", in.cookie("tapeline_session"))
        .get("/api/me")
        .then()
        .statusCode(200)
        .body("user", equalTo("ann"))
        .body("scope", equalTo("trade"))
        .body("accounts", empty());

    Desk.launcher().put("/api/grants/ann/PRACTICE").then().statusCode(204);
    given()
        .cookie("tapeline_session", comeBackAs("ann:tapeline-read").cookie("tapeline_session"))
        .get("/api/me")
        .then()
        .statusCode(200)
        .body("scope", equalTo("read"))
        .body("accounts", contains("PRACTICE"));
  }

  @Test
  void whoHasNoRoleOrTheOwnersNameDoesNot() {
    for (var who : new String[] {"eve:nothing", "owner:tapeline-admin"}) {
      var refused = comeBackAs(who);
      refused.then().statusCode(403).body(containsString("You cannot come in"));
      assertThat(refused.cookies()).doesNotContainKey("tapeline_session");
    }
  }

  @Test
  void aForgedStateLeadsNowhere() {
    var answer = step("/sign-in/team?state=forged&code=ann:tapeline-admin", new HashMap<>());
    assertThat(answer.cookies()).doesNotContainKey("tapeline_session");
    assertThat(answer.statusCode()).isIn(302, 401);
  }
}
