package io.tapeline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls of a bridge, for the clients that scripts run from their sources. */
final class BridgeCalls {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String ACCOUNT = "/api/accounts/PRACTICE";

  /** Where the bridge is; asked before every call, since it may be somewhere else by then. */
  interface Where {
    String address() throws IOException;
  }

  /** Status 0: no answer. */
  record Answer(int status, JsonNode body) {}

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Where where;
  private final String token;

  BridgeCalls(Where where, String token) {
    this.where = where;
    this.token = token;
  }

  HttpClient http() {
    return http;
  }

  String authorization() {
    return "Bearer " + token;
  }

  URI bridge(String scheme, String path) throws IOException {
    return URI.create(scheme + "://" + where.address() + path);
  }

  Answer send(String method, String path, String body) throws Exception {
    var publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    try {
      var request =
          HttpRequest.newBuilder(bridge("http", path))
              .timeout(Duration.ofSeconds(15))
              .header("Authorization", authorization())
              .header("Content-Type", "application/json")
              .method(method, publisher)
              .build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException e) {
      return new Answer(0, JSON.createObjectNode());
    }
  }

  /** Every row of a list, page by page. */
  List<JsonNode> all(String path) throws Exception {
    var items = new ArrayList<JsonNode>();
    var cursor = "";
    do {
      var page = send("GET", path + (path.contains("?") ? "&" : "?") + "limit=500" + cursor, null);
      if (page.status() != 200) throw new IOException(path + ": " + page);
      page.body().path("items").forEach(items::add);
      var next = page.body().path("next").asText("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return items;
  }

  String front(String root) throws Exception {
    for (var instrument : all("/api/instruments"))
      if (instrument.path("root").asText().equals(root) && instrument.path("front").asBoolean())
        return instrument.path("symbol").asText();
    throw new IOException("no front contract of " + root);
  }
}
