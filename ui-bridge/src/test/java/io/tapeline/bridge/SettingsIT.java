package io.tapeline.bridge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapeline.testkit.StackResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "ui_bridge"))
@WithTestResource(InnerStub.class)
class SettingsIT {
  private static final String JSON = "application/json";

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
