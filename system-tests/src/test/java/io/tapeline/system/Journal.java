package io.tapeline.system;

import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.TapeEvent;
import io.tapeline.contract.Topics;
import io.tapeline.contract.VenueReport;
import io.tapeline.model.Qty;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** An account's stream as any consumer of the tape sees it, repeats left out. */
record Journal(List<OrderEventRecord> events) {
  static Journal of(Desk desk, String account) {
    var bySeq = new TreeMap<Long, OrderEventRecord>();
    for (var entry : desk.tape(Topics.ORDER_EVENTS)) {
      if (!entry.key().equals(account)) continue;
      var event = Json.read(entry.value().getBytes(StandardCharsets.UTF_8), OrderEventRecord.class);
      var earlier = bySeq.putIfAbsent(event.seq(), event);
      if (earlier != null && !earlier.equals(event)) {
        throw new AssertionError(
            "seq "
                + event.seq()
                + " was published with two meanings: "
                + earlier
                + " and "
                + event);
      }
    }
    return new Journal(List.copyOf(bySeq.values()));
  }

  List<Long> gaps() {
    return LongStream.rangeClosed(1, events.isEmpty() ? 0 : events.getLast().seq())
        .filter(seq -> events.stream().noneMatch(event -> event.seq() == seq))
        .boxed()
        .toList();
  }

  List<String> fills() {
    return filled().map(TapeEvent.OrderFilled::execId).toList();
  }

  long filledLots() {
    return filled().mapToLong(TapeEvent.OrderFilled::lastQty).sum();
  }

  long netQty(String symbol) {
    return filled()
        .filter(fill -> fill.symbol().equals(symbol))
        .mapToLong(fill -> fill.side().signed(new Qty(fill.lastQty())))
        .sum();
  }

  /** The venue's own net quantity in the newest reconciliation. */
  Optional<Long> venueView(String symbol) {
    return events.reversed().stream()
        .flatMap(
            event ->
                event.event() instanceof TapeEvent.ReconciliationCompleted done
                    ? Stream.of(done)
                    : Stream.empty())
        .findFirst()
        .flatMap(
            done -> done.positions().stream().filter(p -> p.symbol().equals(symbol)).findFirst())
        .map(VenueReport.VenuePosition::netQty);
  }

  private Stream<TapeEvent.OrderFilled> filled() {
    return events.stream()
        .flatMap(
            event ->
                event.event() instanceof TapeEvent.OrderFilled fill
                    ? Stream.of(fill)
                    : Stream.empty());
  }
}
