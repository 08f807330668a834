package io.tapeline.bridge;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.testkit.TestStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** The bridge under test, as the launcher and as a browser meet it. */
final class Desk {
  private Desk() {}

  static String installationToken(Scope scope) {
    try {
      return ServiceToken.mint(
          InstallationSecret.read(TestStack.shared().secretFile()),
          "launcher",
          scope,
          Instant.now());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RequestSpecification launcher() {
    return RestAssured.given().header("Authorization", "Bearer " + installationToken(Scope.ADMIN));
  }

  static String linkPath() {
    return launcher().post("/api/sign-in-links").then().statusCode(201).extract().path("path");
  }

  /** A browser that followed a fresh link: its cookie. */
  static String cookie() {
    return RestAssured.given()
        .redirects()
        .follow(false)
        .urlEncodingEnabled(false)
        .get(linkPath())
        .then()
        .statusCode(303)
        .extract()
        .cookie("tapeline_session");
  }

  static RequestSpecification browser() {
    return RestAssured.given().cookie("tapeline_session", cookie()).header("X-Tapeline", "1");
  }

  static URI socket() {
    return URI.create("ws://localhost:" + RestAssured.port + "/ws");
  }

  static Screen screen() {
    return Screen.open(socket(), signedIn());
  }

  private static Map<String, String> signedIn() {
    return Map.of("Cookie", "tapeline_session=" + cookie());
  }

  /** One that takes binary frames if it may. */
  static Screen binaryScreen() {
    return Screen.open(socket(), signedIn(), "tapeline.v1.bin", "tapeline.v1.json");
  }
}
