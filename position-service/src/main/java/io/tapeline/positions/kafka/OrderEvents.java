package io.tapeline.positions.kafka;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tapeline.contract.Json;
import io.tapeline.contract.VenueReport;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingState;
import io.tapeline.positions.domain.Delivery;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Delivery.Place;
import io.tapeline.positions.domain.Delivery.Poison;
import io.tapeline.positions.domain.TapeLine;
import io.tapeline.positions.domain.TapeLine.Fact;
import io.tapeline.positions.domain.TapeLine.Fact.Booked;
import io.tapeline.positions.domain.TapeLine.Fact.Busted;
import io.tapeline.positions.domain.TapeLine.Fact.ContractNamed;
import io.tapeline.positions.domain.TapeLine.Fact.Corrected;
import io.tapeline.positions.domain.TapeLine.Fact.Executed;
import io.tapeline.positions.domain.TapeLine.Fact.NothingTraded;
import io.tapeline.positions.domain.TapeLine.Fact.TradingAllowed;
import io.tapeline.positions.domain.TapeLine.Fact.TradingLocked;
import io.tapeline.positions.domain.TapeLine.Fact.VenueSaid;
import io.tapeline.positions.domain.WorkingOrder;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * {@code orders.events.v1} as positions mean it. Whatever a record holds, reading it never fails.
 */
final class OrderEvents {
  /** The format of events this version knows. */
  private static final int NEWEST_FORMAT = 1;

  private static final int MOST_CHARACTERS = 200;
  private static final int MOST_DIGITS = 25;

  private static final ObjectReader LINE = Json.MAPPER.readerFor(JournalLine.class);

  private OrderEvents() {}

  /** Of an {@code OrderEventRecord} what positions need; the rest is not worth reading. */
  // said of each record: without it Jackson keeps what it does not know until the record is made
  @JsonIgnoreProperties(ignoreUnknown = true)
  record JournalLine(
      String accountId,
      long seq,
      int v,
      Instant at,
      @Nullable Instant venueTime,
      Said event,
      @Nullable OrderPart order) {}

  /** Of an {@code OrderRow} likewise. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record OrderPart(
      String clOrdId,
      String symbol,
      Side side,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopPx,
      long leavesQty,
      OrdStatus ordStatus,
      @Nullable List<PendingPart> pending,
      boolean reduceOnly,
      @Nullable String strategy) {}

  /** Of a {@code PendingRow}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record PendingPart(boolean inDoubt) {}

  /**
   * Of a {@code TapeEvent} likewise. Each type of the tape is named here, those that mean nothing
   * to positions too: one that is not stops its account.
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(
        value = Said.OfContract.class,
        names = {"OrderSubmitted", "OrderAdopted", "OrderHeld"}),
    @JsonSubTypes.Type(value = Said.Filled.class, name = "OrderFilled"),
    @JsonSubTypes.Type(value = Said.Bust.class, name = "FillBusted"),
    @JsonSubTypes.Type(value = Said.Correction.class, name = "FillCorrected"),
    @JsonSubTypes.Type(value = Said.StateChanged.class, name = "TradingStateChanged"),
    @JsonSubTypes.Type(value = Said.Locked.class, name = "RiskLocked"),
    @JsonSubTypes.Type(value = Said.Unlocked.class, name = "RiskUnlocked"),
    @JsonSubTypes.Type(value = Said.Reconciled.class, name = "ReconciliationCompleted"),
    @JsonSubTypes.Type(
        value = Said.NothingHere.class,
        names = {
          "RequestDenied",
          "CancelRequested",
          "OrderReleased",
          "ReplaceRequested",
          "ReplaceQueued",
          "OrderReplaced",
          "ReplaceRejected",
          "ReplaceDropped",
          "OrderTriggered",
          "RevisionNoted",
          "OrderAccepted",
          "OrderRejected",
          "OrderCanceled",
          "CancelRejected",
          "OrderExpired",
          "RequestInDoubt",
          "RequestUnknownToVenue",
          "DoubtResolved",
          "BracketAttached",
          "OcoOverfilled",
          "FlattenStarted",
          "FlattenStep",
          "FlattenEnded",
          "ReconciliationStarted"
        }),
  })
  sealed interface Said {
    /** It names a contract. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record OfContract(
        @Nullable String symbol,
        @Nullable BigDecimal tickSize,
        @Nullable BigDecimal tickValue,
        @Nullable String currency)
        implements Said {}

    /** Of an {@code OrderFilled}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Filled(
        String clOrdId,
        String execId,
        String symbol,
        Side side,
        long lastQty,
        BigDecimal lastPx,
        @Nullable BigDecimal fee,
        @Nullable BigDecimal reportedPnl)
        implements Said {}

    /** Of a {@code FillBusted}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Bust(String execId, String symbol, Side side, long lastQty, BigDecimal lastPx)
        implements Said {}

    /** Of a {@code FillCorrected}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Correction(
        String clOrdId,
        String execId,
        String newExecId,
        String symbol,
        Side side,
        long oldQty,
        BigDecimal oldPx,
        long newQty,
        BigDecimal newPx,
        @Nullable BigDecimal newFee,
        @Nullable BigDecimal newReportedPnl)
        implements Said {}

    /** Of a {@code TradingStateChanged}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record StateChanged(TradingState state) implements Said {}

    /** Of a {@code RiskLocked}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Locked(String tier) implements Said {}

    /** Of a {@code RiskUnlocked}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Unlocked(@Nullable String lockId) implements Said {}

    /** Of a {@code ReconciliationCompleted}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Reconciled(String venue, long session, List<VenueReport.VenuePosition> positions)
        implements Said {}

    /** It moves no position. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record NothingHere(@Nullable String clOrdId) implements Said {}
  }

  static Delivery read(ConsumerRecord<String, byte[]> kafkaRecord) {
    var place = new Place(kafkaRecord.partition(), kafkaRecord.offset());
    var accountId = accountId(kafkaRecord.key());
    if (accountId == null) return new Poison(place, null, "the key names no account");
    if (kafkaRecord.value() == null) return new Poison(place, accountId, "a tombstone");
    try {
      return read(place, accountId, LINE.readValue(kafkaRecord.value()));
    } catch (IOException
        | RuntimeException e) { // whatever it is, it is the record's fault and stops one account
      return new Poison(place, accountId, firstLine(String.valueOf(e.getMessage())));
    }
  }

  private static Delivery read(Place place, AccountId accountId, @Nullable JournalLine line) {
    if (line == null) return new Poison(place, accountId, "the record says null");
    if (!accountId.value().equals(line.accountId()))
      return new Poison(place, accountId, "the record is of account " + line.accountId());
    if (line.v() > NEWEST_FORMAT)
      return new Poison(place, accountId, "format " + line.v() + " is newer than this service");
    if (line.event() == null || line.at() == null || line.seq() < 1)
      return new Poison(place, accountId, "a line without event, time or seq");
    return new Line(
        place,
        accountId,
        new TapeLine(
            line.seq(),
            line.at(),
            line.venueTime(),
            fact(line.event(), line.order() == null ? null : line.order().strategy()),
            line.order() == null ? null : order(line.order())));
  }

  private static WorkingOrder order(OrderPart row) {
    return new WorkingOrder(
        new ClOrdId(present(row.clOrdId(), "clOrdId")),
        new Symbol(present(row.symbol(), "symbol")),
        present(row.side(), "side"),
        present(row.ordStatus(), "ordStatus").isWorking() ? row.leavesQty() : 0,
        row.price() == null ? null : decimal(row.price(), "price"),
        row.stopPx() == null ? null : decimal(row.stopPx(), "stopPx"),
        row.reduceOnly(),
        row.pending() != null && row.pending().stream().anyMatch(PendingPart::inDoubt));
  }

  private static Fact fact(Said event, @Nullable String strategy) {
    return switch (event) {
      case Said.OfContract(var symbol, var tickSize, var tickValue, var currency) ->
          named(symbol, tickSize, tickValue, currency);
      case Said.Filled filled ->
          executed(
              filled.execId(),
              filled.clOrdId(),
              filled.symbol(),
              filled.side(),
              filled.lastQty(),
              filled.lastPx(),
              filled.fee(),
              strategy,
              filled.reportedPnl());
      case Said.Bust bust ->
          new Busted(
              booked(bust.execId(), bust.symbol(), bust.side(), bust.lastQty(), bust.lastPx()));
      case Said.Correction now ->
          new Corrected(
              booked(now.execId(), now.symbol(), now.side(), now.oldQty(), now.oldPx()),
              executed(
                  now.newExecId(),
                  now.clOrdId(),
                  now.symbol(),
                  now.side(),
                  now.newQty(),
                  now.newPx(),
                  now.newFee(),
                  strategy,
                  now.newReportedPnl()));
      case Said.StateChanged(var state) -> new TradingAllowed(present(state, "state"));
      case Said.Locked(var tier) ->
          new TradingLocked(
              present(tier, "tier").equals("LOCK") ? TradingState.HALTED : TradingState.REDUCING);
      case Said.Reconciled reconciled -> venueSaid(reconciled);
      case Said.Unlocked _ -> new TradingLocked(TradingState.ACTIVE);
      case Said.NothingHere _ -> new NothingTraded();
    };
  }

  private static Fact venueSaid(Said.Reconciled completed) {
    var held = new TreeMap<String, Long>();
    for (var position : present(completed.positions(), "positions"))
      held.merge(present(position.symbol(), "symbol"), position.netQty(), Long::sum);
    return new VenueSaid(present(completed.venue(), "venue"), completed.session(), held);
  }

  private static Executed executed(
      String execId,
      String clOrdId,
      String symbol,
      Side side,
      long qty,
      BigDecimal px,
      @Nullable BigDecimal fee,
      @Nullable String strategy,
      @Nullable BigDecimal reportedPnl) {
    return new Executed(
        new ExecId(present(execId, "execId")),
        new ClOrdId(present(clOrdId, "clOrdId")),
        new Symbol(present(symbol, "symbol")),
        present(side, "side"),
        new Qty(qty),
        decimal(px, "price"),
        fee == null ? null : decimal(fee, "fee"),
        strategy,
        reportedPnl == null ? null : decimal(reportedPnl, "reportedPnl"));
  }

  private static Booked booked(String execId, String symbol, Side side, long qty, BigDecimal px) {
    return new Booked(
        new ExecId(present(execId, "execId")),
        new Symbol(present(symbol, "symbol")),
        present(side, "side"),
        new Qty(qty),
        decimal(px, "price"));
  }

  private static Fact named(
      @Nullable String symbol,
      @Nullable BigDecimal tickSize,
      @Nullable BigDecimal tickValue,
      @Nullable String currency) {
    return new ContractNamed(
        new Instrument(
            new Symbol(present(symbol, "symbol")),
            decimal(tickSize, "tickSize"),
            Money.of(decimal(tickValue, "tickValue").toString(), present(currency, "currency"))));
  }

  /** Jackson leaves a component null that is not in the record, whatever its type says. */
  private static <T> T present(@Nullable T value, String name) {
    if (value == null) throw new IllegalArgumentException("the event has no " + name);
    return value;
  }

  /** A number one can reckon with; 1E+999999999 is a decimal too. */
  private static BigDecimal decimal(@Nullable BigDecimal value, String name) {
    var number = present(value, name);
    if (number.precision() > MOST_DIGITS || Math.abs(number.scale()) > MOST_DIGITS)
      throw new IllegalArgumentException(name + " has more than " + MOST_DIGITS + " digits");
    return number;
  }

  private static String firstLine(String text) {
    var line = text.lines().findFirst().orElse("");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
  }

  static @Nullable AccountId accountId(@Nullable String key) {
    if (key == null) return null;
    try {
      return new AccountId(key);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
