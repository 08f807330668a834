package io.tapeline.bridge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.tapeline.door.Scope;
import io.tapeline.testkit.StackResource;
import io.tapeline.testkit.TestStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the door does with those who mean no good. After each of them it still serves the others.
 */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "service", value = "ui_bridge"))
@WithTestResource(InnerStub.class)
class SecurityIT {
  private static final int FRAMES = 100_000;
  private static final int ANSWER_MS = 30_000;

  @AfterEach
  void theOthersAreStillServed() {
    Desk.browser().get("/api/me").then().statusCode(200).body("user", equalTo("owner"));
    try (var screen = Desk.screen()) {
      screen.say("{\"op\":\"ping\",\"id\":1}");
      screen.awaitControl("pong", "");
    }
  }

  private static String token(String user, String scope) {
    return Desk.launcher()
        .contentType("application/json")
        .body("{\"name\":\"%s\",\"scope\":\"%s\"}".formatted(user, scope))
        .post("/api/tokens")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }

  @Test
  void anExpiredTokenIsNoLongerGood() throws SQLException {
    var token = token("expires", "read");
    try (var db = TestStack.shared().connect("ui_bridge")) {
      db.createStatement()
          .executeUpdate(
              "update api_token set expires_at = now() - interval '1 second' where name ="
                  + " 'expires'");
    }
    given().header("Authorization", "Bearer " + token).get("/api/me").then().statusCode(401);
  }

  @Test
  void aTamperedTokenOfTheInstallationIsRefused() {
    var good = Desk.installationToken(Scope.ADMIN);
    int middle = good.length() / 2;
    char other = good.charAt(middle) == 'A' ? 'B' : 'A';
    var bad = good.substring(0, middle) + other + good.substring(middle + 1);
    given().header("Authorization", "Bearer " + bad).get("/api/me").then().statusCode(401);
  }

  @Test
  void anotherUsersAccountIsNeitherSeenNorTraded() {
    var stranger = stranger();
    given()
        .header("Authorization", "Bearer " + stranger)
        .get("/api/accounts/PRACTICE/orders")
        .then()
        .statusCode(403)
        .body("reason", equalTo("ACCOUNT_NOT_GRANTED"));
    given()
        .header("Authorization", "Bearer " + stranger)
        .post("/api/accounts/PRACTICE/flatten")
        .then()
        .statusCode(403);
    // However the path is spelled.
    for (var path :
        new String[] {
          "/api/accounts/./PRACTICE/orders",
          "/api/accounts/%50RACTICE/orders",
          "/api//accounts/PRACTICE/orders",
          "/api/accounts/REPLAY/../PRACTICE/orders"
        })
      assertThat(
              given()
                  .urlEncodingEnabled(false)
                  .header("Authorization", "Bearer " + stranger)
                  .get(path)
                  .statusCode())
          .as(path)
          .isGreaterThanOrEqualTo(400);
    try (var screen = Screen.open(Desk.socket(), Map.of("Authorization", "Bearer " + stranger))) {
      screen.say(
          "{\"op\":\"subscribe\",\"channels\":[\"orders:PRACTICE\",\"account:PRACTICE\",\"trades:PRACTICE\"]}");
      for (var channel : new String[] {"orders", "account", "trades"})
        assertThat(screen.awaitControl("error", channel + ":PRACTICE").path("reason").asText())
            .isEqualTo("ACCOUNT_NOT_GRANTED");
    }
  }

  /** The token of a user to whom nothing was granted but another account. */
  private static String stranger() {
    Desk.launcher().put("/api/grants/stranger/REPLAY").then().statusCode(204);
    var token = token("of the stranger", "trade");
    try (var db = TestStack.shared().connect("ui_bridge")) {
      db.createStatement()
          .executeUpdate(
              "update api_token set user_name = 'stranger' where name = 'of the stranger'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return token;
  }

  @Test
  void whatIsTooLargeIsRefused() throws IOException {
    assertThat(
            Desk.browser()
                .contentType("application/json")
                .body("x".repeat(65 * 1024))
                .post("/api/accounts/PRACTICE/orders")
                .statusCode())
        .isEqualTo(413);
    try (var raw = raw()) {
      send(
          raw, "GET /api/me HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");
      assertThat(firstLine(raw)).matches("HTTP/1.1 4\\d\\d.*|");
    }
  }

  @Test
  void clientsThatNeverFinishTheirRequestStopNobody() throws IOException {
    var slow = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 200; i++) {
        var socket = raw();
        slow.add(socket);
        send(socket, "GET /ws HTTP/1.1\r\nHost: localhost\r\nX-");
      }
      for (var socket : slow) send(socket, "a");
      given().get("/q/health/live").then().statusCode(200);
      for (var socket : slow) send(socket, "b");
      Desk.browser().get("/api/me").then().statusCode(200);
    } finally {
      for (var socket : slow) socket.close();
    }
  }

  /** Random frames of all kinds, two thousand a connection, which is thrown out early. */
  @Test
  void aHundredThousandRandomFramesChangeNothing() throws IOException {
    var random = new Random(42);
    var cookie = Desk.cookie();
    int sent = 0;
    while (sent < FRAMES) {
      try (var socket = upgraded(cookie)) {
        socket.setSoTimeout(ANSWER_MS);
        var burst = ByteBuffer.allocate(1 << 20);
        for (int i = 0; i < 2_000; i++, sent++) burst.put(frame(random));
        socket.getOutputStream().write(burst.array(), 0, burst.position());
        socket.shutdownOutput();
        var trash = new byte[64 * 1024];
        while (socket.getInputStream().read(trash) >= 0) {
          // until the bridge hangs up
        }
      } catch (SocketTimeoutException e) {
        throw new AssertionError("neither answered nor closed", e);
      } catch (IOException _) {
        // thrown out while still talking
      }
    }
  }

  private static byte[] frame(Random random) {
    var payload = new byte[random.nextInt(100)];
    random.nextBytes(payload);
    int first = random.nextInt(3) == 0 ? random.nextInt(256) : 0x81;
    var frame = ByteBuffer.allocate(payload.length + 6);
    frame.put((byte) first).put((byte) (0x80 | payload.length)).putInt(random.nextInt());
    return frame.put(payload).array();
  }

  private static Socket raw() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
  }

  private static void send(Socket socket, String text) throws IOException {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      if (!socket.isClosed()) socket.close(); // the bridge was faster
    }
  }

  private static Socket upgraded(String cookie) throws IOException {
    var socket = raw();
    send(
        socket,
        "GET /ws HTTP/1.1\r\nHost: localhost:"
            + RestAssured.port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nCookie: tapeline_session="
            + cookie
            + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: tapeline.v1.json\r\n\r\n");
    assertThat(firstLine(socket)).startsWith("HTTP/1.1 101");
    return socket;
  }

  /** Empty when the connection was ended without a word. */
  private static String firstLine(Socket socket) throws IOException {
    socket.setSoTimeout(ANSWER_MS);
    var line = new StringBuilder();
    try {
      for (int c = socket.getInputStream().read();
          c >= 0 && c != '\r';
          c = socket.getInputStream().read()) line.append((char) c);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no answer", e);
    } catch (IOException _) {
      return line.toString();
    }
    return line.toString();
  }
}
