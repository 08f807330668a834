package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tapeline.contract.Json;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The launcher's calls, signed with the installation's secret. */
final class BridgeClient {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final URI base;
  private final InstallationSecret secret;
  private final Duration limit;

  BridgeClient(URI base, Path secretFile) {
    this(base, secretFile, LIMIT);
  }

  BridgeClient(URI base, Path secretFile, Duration limit) {
    this.base = base;
    this.limit = limit;
    try {
      this.secret = InstallationSecret.read(secretFile);
    } catch (IOException e) {
      throw new StackException(
          "The installation's secret " + secretFile + " cannot be read: " + e.getMessage() + ".",
          e);
    }
  }

  /**
   * An answer; where there was none the status is 0.
   *
   * @param body JSON, or missing
   */
  record Answer(int status, JsonNode body) {
    boolean isSuccess() {
      return status / 100 == 2;
    }

    /** What a problem says, for people. */
    String complaint() {
      if (status == 0) {
        return "no answer";
      }
      var detail = body.path("detail").asText("");
      var reason = body.path("reason").asText(body.path("title").asText("status " + status));
      return detail.isEmpty() ? reason : reason + ": " + detail;
    }
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json(body))));
  }

  Answer delete(String path, String idempotencyKey) {
    return send(request(path).header("Idempotency-Key", idempotencyKey).DELETE());
  }

  private HttpRequest.Builder request(String path) {
    var token = ServiceToken.mint(secret, "launcher", Scope.ADMIN, Instant.now());
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(limit)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), tree(response.body()));
    } catch (IOException e) {
      return new Answer(0, MissingNode.getInstance());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }

  private static JsonNode tree(byte[] body) {
    try {
      return body.length == 0 ? MissingNode.getInstance() : Json.MAPPER.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static String json(Object body) {
    try {
      return Json.MAPPER.writeValueAsString(body);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + body, e);
    }
  }
}
