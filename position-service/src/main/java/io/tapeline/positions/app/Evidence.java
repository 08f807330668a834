package io.tapeline.positions.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tapeline.contract.AccountRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.PositionRow;
import io.tapeline.contract.RiskEvent;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.contract.Topics;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Symbol;
import io.tapeline.positions.app.TapeHistory.Raw;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is about one order, in one piece: who asked for what, the market and the account
 * before, every line of the journal and every message of its venue as they lie on the tape, and
 * when each was said. Nothing is computed that the tape does not say, but for the account as it
 * was.
 */
@ApplicationScoped
public class Evidence {
  /** A change of the format is a new version. */
  private static final int VERSION = 1;

  /** Prints of the market this long before and after belong to it. */
  private static final Duration AROUND = Duration.ofSeconds(1);

  private static final int MOST_PRINTS = 1_000;

  private final TapeHistory tape;
  private final PastStates past;
  private final Rows rows;
  private final RiskPrograms programs;
  private final InstantSource clock;

  /**
   * The file.
   *
   * @param order its newest row
   * @param journal its lines
   * @param venueMessages what the venue said of it, as far back as {@code venue.reports.v1} goes
   * @param times of all of them, in order
   */
  public record Pack(
      int v,
      String accountId,
      String clOrdId,
      Instant madeAt,
      Gesture gesture,
      JsonNode order,
      Before before,
      Market market,
      List<Said> journal,
      List<Said> venueMessages,
      List<Moment> times) {}

  /**
   * What was asked for.
   *
   * @param by the user, or the rule of the desk that asked
   * @param event the journal's first line of the order: its terms, or why it was denied
   */
  public record Gesture(
      Instant at, @Nullable String by, @Nullable String commandId, JsonNode event) {}

  /**
   * The account as it was then.
   *
   * @param asOfSeq its newest line before the order
   * @param program of rules it trades under now; every decision names its own
   * @param decisions of its rules on that trading day before the order, with what they were made on
   */
  public record Before(
      long asOfSeq,
      @Nullable AccountRow account,
      List<PositionRow> positions,
      @Nullable String program,
      List<RiskEventRecord> decisions) {}

  /**
   * The market of the contract; what its topics do not keep so long is null.
   *
   * @param trades from a second before the order to a second after its end, a thousand at most
   */
  public record Market(
      String symbol,
      @Nullable Said quoteBefore,
      @Nullable Said bookBefore,
      @Nullable Said quoteAfter,
      @Nullable Said bookAfter,
      List<Said> trades) {}

  /** What is on the tape, word for word, and where. */
  public record Said(
      String topic, int partition, long offset, Instant writtenAt, JsonNode record) {}

  /**
   * When something was said.
   *
   * @param at by who said it; {@code venueTime} by the venue's clock; {@code writtenAt} on the tape
   * @param afterMillis the order was asked for
   */
  public record Moment(
      String what,
      Instant at,
      @Nullable Instant venueTime,
      Instant writtenAt,
      double afterMillis) {}

  @Inject
  Evidence(
      TapeHistory tape, PastStates past, Rows rows, RiskPrograms programs, InstantSource clock) {
    this.tape = tape;
    this.past = past;
    this.rows = rows;
    this.programs = programs;
    this.clock = clock;
  }

  /** Empty for an order the account's journal does not know. */
  public Uni<Optional<Pack>> of(AccountId accountId, ClOrdId clOrdId) {
    return Uni.createFrom()
        .item(() -> journal(accountId, clOrdId))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .chain(
            journal -> {
              if (journal.isEmpty()) return Uni.createFrom().item(Optional.empty());
              var first = journal.getFirst().record();
              // of the moment before: the line itself is no part of what it was decided on
              return past.at(accountId, at(first).minusNanos(1_000))
                  .emitOn(Infrastructure.getDefaultWorkerPool())
                  .map(then -> Optional.of(pack(accountId, clOrdId, journal, then)));
            });
  }

  private List<Said> journal(AccountId accountId, ClOrdId clOrdId) {
    var lines = new ArrayList<Said>();
    var seen = new HashSet<Long>();
    tape.raw(
        Topics.ORDER_EVENTS,
        accountId,
        raw -> {
          // most lines are of other orders: these are not read
          if (!raw.json().contains(clOrdId.value())) return;
          var line = read(raw);
          if (line == null || !isOf(line.record(), clOrdId)) return;
          if (seen.add(line.record().path("seq").asLong())) lines.add(line);
        });
    lines.sort(Comparator.comparingLong(line -> line.record().path("seq").asLong()));
    return lines;
  }

  private static boolean isOf(JsonNode line, ClOrdId clOrdId) {
    return line.path("event").path("clOrdId").asText().equals(clOrdId.value())
        || line.path("order").path("clOrdId").asText().equals(clOrdId.value());
  }

  private Pack pack(
      AccountId accountId, ClOrdId clOrdId, List<Said> journal, PastStates.Past then) {
    var first = journal.getFirst().record();
    var last = journal.getLast().record();
    var order = newestRow(journal);
    var messages = messages(accountId, clOrdId, order.path("venueOrderId").asText());
    var symbol = symbol(first, order);
    return new Pack(
        VERSION,
        accountId.value(),
        clOrdId.value(),
        clock.instant(),
        new Gesture(
            at(first),
            text(first.path("event").path("by")),
            text(first.path("event").path("commandId")),
            first.path("event")),
        order,
        new Before(
            then.state().fold().seq(),
            rows.account(then),
            rows.positions(then),
            programs.program(accountId).map(p -> p.name() + " v" + p.version()).orElse(null),
            decisions(accountId, at(first))),
        market(symbol, at(first), at(last)),
        journal,
        messages,
        times(at(first), journal, messages));
  }

  private static JsonNode newestRow(List<Said> journal) {
    for (var line : journal.reversed())
      if (line.record().path("order").isObject()) return line.record().path("order");
    return Json.MAPPER.nullNode();
  }

  private List<Said> messages(AccountId accountId, ClOrdId clOrdId, String venueOrderId) {
    var messages = new ArrayList<Said>();
    tape.raw(
        Topics.VENUE_REPORTS,
        accountId,
        raw -> {
          var message = read(raw);
          if (message == null) return;
          var report = message.record().path("report");
          if (report.path("clOrdId").asText().equals(clOrdId.value())
              || (!venueOrderId.isEmpty()
                  && report.path("venueOrderId").asText().equals(venueOrderId)))
            messages.add(message);
        });
    return messages;
  }

  /** An order that was denied has no row; what was asked for names the contract. */
  private static String symbol(JsonNode first, JsonNode order) {
    var ofRow = order.path("symbol").asText();
    if (!ofRow.isEmpty()) return ofRow;
    var event = first.path("event");
    var asked = event.path("symbol").asText();
    return asked.isEmpty() ? event.path("draft").path("symbol").asText() : asked;
  }

  private List<RiskEventRecord> decisions(AccountId accountId, Instant before) {
    var lines = new ArrayList<RiskEventRecord>();
    tape.riskEvents(
        accountId,
        line -> {
          if (line.at().isAfter(before)) return;
          if (line.event() instanceof RiskEvent.DayStarted) lines.clear();
          if (lines.isEmpty() || lines.getLast().no() < line.no()) lines.add(line);
        });
    return lines;
  }

  private Market market(String symbol, Instant from, Instant to) {
    if (symbol.isEmpty()) return new Market("", null, null, null, null, List.of());
    var contract = new Symbol(symbol);
    return new Market(
        symbol,
        tape.lastBefore(Topics.QUOTES, contract, from).map(Evidence::read).orElse(null),
        tape.lastBefore(Topics.DEPTH, contract, from).map(Evidence::read).orElse(null),
        tape.firstAfter(Topics.QUOTES, contract, to).map(Evidence::read).orElse(null),
        tape.firstAfter(Topics.DEPTH, contract, to).map(Evidence::read).orElse(null),
        tape
            .between(
                Topics.MARKET_TRADES, contract, from.minus(AROUND), to.plus(AROUND), MOST_PRINTS)
            .stream()
            .map(Evidence::read)
            .filter(Objects::nonNull)
            .toList());
  }

  private static List<Moment> times(Instant gesture, List<Said> journal, List<Said> messages) {
    var times = new ArrayList<Moment>();
    for (var line : journal)
      times.add(moment("journal " + type(line.record().path("event")), gesture, line));
    for (var message : messages)
      times.add(moment("venue " + type(message.record().path("report")), gesture, message));
    times.sort(Comparator.comparing(Moment::at));
    return times;
  }

  private static Moment moment(String what, Instant gesture, Said said) {
    var at = at(said.record());
    var venueTime = text(said.record().path("venueTime"));
    return new Moment(
        what,
        at,
        venueTime == null ? null : Instant.parse(venueTime),
        said.writtenAt(),
        Duration.between(gesture, at).toNanos() / 1e6);
  }

  private static String type(JsonNode event) {
    return event.path("type").asText();
  }

  private static Instant at(JsonNode said) {
    return Instant.parse(said.path("at").asText());
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  /** Null for what is no JSON: it is on the dead-letter topic, with its reason. */
  private static @Nullable Said read(Raw raw) {
    try {
      return new Said(
          raw.topic(),
          raw.partition(),
          raw.offset(),
          raw.writtenAt(),
          Json.MAPPER.readTree(raw.json()));
    } catch (JsonProcessingException _) {
      return null;
    }
  }
}
