package io.tapeline.bridge.fanout.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.bridge.fanout.domain.ChannelKind;
import io.tapeline.bridge.fanout.domain.ChannelName;
import io.tapeline.bridge.fanout.domain.Ring;
import io.tapeline.bridge.inner.InnerService;
import io.tapeline.bridge.inner.InnerServices;
import io.tapeline.contract.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What was before the ring: the order-service's own answer, with the account seq it is as of. Asked
 * once for all clients that wait for it.
 */
@ApplicationScoped
public class Snapshots {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_PAGES = 20;
  private static final int PAGE = 500;
  private static final int FILLS = 200;

  private final InnerServices services;
  private final ConcurrentMap<ChannelName, Future<Snapshot>> underWay = new ConcurrentHashMap<>();

  @Inject
  Snapshots(InnerServices services) {
    this.services = services;
  }

  /**
   * @param asOfSeq every event up to it is in the rows
   */
  public record Snapshot(List<Ring.Entry> rows, long asOfSeq) {}

  public Future<Snapshot> of(ChannelName channel) {
    var known = underWay.get(channel);
    if (known != null) return known;
    var asked = ask(channel, "", List.of(), Long.MAX_VALUE, 1);
    underWay.put(channel, asked);
    return asked.onComplete(_ -> underWay.remove(channel, asked));
  }

  private Future<Snapshot> ask(
      ChannelName channel, String cursor, List<Ring.Entry> before, long asOfSeq, int page) {
    var path = "/api/accounts/" + channel.of();
    boolean orders = channel.kind() == ChannelKind.ORDERS;
    var uri =
        orders ? path + "/orders?state=working&limit=" + PAGE : path + "/fills?limit=" + FILLS;
    if (!cursor.isEmpty()) uri += "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    return services
        .get(InnerService.ORDERS, uri, LIMIT)
        .compose(
            body -> {
              var answer = read(body);
              var rows = new ArrayList<>(before);
              for (var row : answer.path("items")) rows.add(entry(channel, row));
              long asOf = Math.min(asOfSeq, answer.required("asOfSeq").asLong());
              var next = answer.path("next").asText("");
              if (!orders || next.isEmpty())
                return Future.succeededFuture(new Snapshot(inOrder(rows), asOf));
              if (page == MOST_PAGES)
                return Future.failedFuture("more working orders than can be shown");
              return ask(channel, next, rows, asOf, page + 1);
            });
  }

  private static Ring.Entry entry(ChannelName channel, JsonNode row) {
    var key = row.required(channel.kind() == ChannelKind.ORDERS ? "clOrdId" : "execId").asText();
    return Ring.Entry.of(
        channel, row.required("seq").asLong(), key, Json.bytes(row), System.currentTimeMillis());
  }

  private static List<Ring.Entry> inOrder(List<Ring.Entry> rows) {
    return rows.stream().sorted(java.util.Comparator.comparingLong(Ring.Entry::seq)).toList();
  }

  private static JsonNode read(Buffer body) {
    try {
      return Json.MAPPER.readTree(body.getBytes());
    } catch (IOException e) {
      throw new IllegalStateException("not JSON", e);
    }
  }
}
