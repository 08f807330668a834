package io.tapeline.orders.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.contract.OrderRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import io.tapeline.model.TradingState;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.BracketTerms;
import io.tapeline.orders.domain.Change;
import io.tapeline.orders.domain.DenialReason;
import io.tapeline.orders.domain.Draft;
import io.tapeline.orders.domain.Evolution;
import io.tapeline.orders.domain.Fills;
import io.tapeline.orders.domain.Flatten;
import io.tapeline.orders.domain.Hold;
import io.tapeline.orders.domain.Links;
import io.tapeline.orders.domain.Order.VenueWords;
import io.tapeline.orders.domain.OrderEvent;
import io.tapeline.orders.domain.OrderEvent.*;
import io.tapeline.orders.domain.Recorded;
import io.tapeline.orders.domain.RequestKind;
import io.tapeline.orders.domain.RiskLock;
import io.tapeline.orders.domain.Role;
import io.tapeline.orders.domain.Terms;
import io.tapeline.orders.domain.VenueCapabilities;
import io.tapeline.orders.domain.VenueTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TapeRecordsTest {
  private static final Instant AT = Instant.parse("2026-03-02T15:00:00.000001Z");
  private static final Instrument ES =
      new Instrument(new Symbol("ESH6"), new BigDecimal("0.25"), Money.of("12.5", "USD"));
  private static final ClOrdId ID = new ClOrdId("a");
  private static final VenueWords WORDS = new VenueWords("3", "no");
  private static final Terms TERMS =
      new Terms(
          ES,
          "sim",
          Side.SELL,
          OrdType.STOP_LIMIT,
          TimeInForce.GTD,
          new Qty(3),
          new Price(20_000),
          new Price(20_001),
          6L,
          AT,
          true,
          "breakout",
          new BigDecimal("5000.10"));
  private static final Links LINKS =
      new Links(
          Role.ENTRY,
          new ClOrdId("parent"),
          "oco",
          new BracketTerms(
              List.of(new BracketTerms.Leg(8L, null, new Qty(1), null)),
              new BracketTerms.Leg(null, new Price(19_900), null, 4L),
              5L));
  private static final Change CHANGE =
      new Change(new Qty(4), new Price(20_002), new Price(20_003), 7L, new BigDecimal("5000.60"));
  private static final VenueTerms SENT = VenueTerms.of(TERMS, OrdType.STOP_LIMIT, TimeInForce.GTD);

  static Stream<OrderEvent> oneOfEach() {
    return Stream.of(
        new OrderSubmitted(ID, 1, TERMS, LINKS, AT, "a", "ada"),
        new OrderHeld(ID, Hold.PARENT, TERMS, LINKS, "a", "ada"),
        new OrderReleased(ID, 1, SENT, AT, "TRIGGERED"),
        new ReplaceRequested(ID, 2, SENT, AT, new BigDecimal("5000.60"), "r", "ada"),
        new ReplaceQueued(ID, ES.symbol(), CHANGE, AT, "r", "ada"),
        new OrderReplaced(ID, 2, new OrderId("V2"), ES.symbol(), CHANGE, "r", "ada"),
        new ReplaceRejected(ID, 2, WORDS),
        new ReplaceDropped(ID, 2, "UNSENT"),
        new OrderTriggered(ID),
        new FillBusted(
            ID,
            new ExecId("E1"),
            ES.symbol(),
            Side.SELL,
            new Qty(1),
            new Price(20_000),
            new BigDecimal("2.1"),
            "bust"),
        new FillCorrected(
            ID,
            new ExecId("E1"),
            new ExecId("E2"),
            ES.symbol(),
            Side.SELL,
            new Qty(1),
            new Price(20_000),
            new Qty(2),
            new Price(20_001),
            new BigDecimal("2.1"),
            new BigDecimal("4.2"),
            new BigDecimal("-12.5")),
        new RequestDenied(
            RequestKind.NEW, ID, draft(), DenialReason.UNKNOWN_SYMBOL.with("X"), 1, "a", "ada"),
        new CancelRequested(ID, 2, "c", "ada"),
        new OrderAccepted(ID, new OrderId("V1")),
        new OrderRejected(ID, WORDS),
        new OrderFilled(
            ID,
            new ExecId("E1"),
            new OrderId("V1"),
            ES.symbol(),
            Side.SELL,
            new Qty(1),
            new Price(20_000),
            new BigDecimal("2.1"),
            new BigDecimal("-25")),
        new OrderCanceled(ID, WORDS, "c", "ada"),
        new CancelRejected(ID, 2, WORDS),
        new OrderExpired(ID, "UNSENT", "stale"),
        new OrderAdopted(ID, new OrderId("V1"), adoptable(), knownBefore()),
        new OrderEvent.RevisionNoted(
            new OrderId("V1"),
            new ExecId("E1"),
            new OrderEvent.Instead(
                new ExecId("E2"),
                new Qty(2),
                new BigDecimal("5000.25"),
                new BigDecimal("4.2"),
                new BigDecimal("-25")),
            "late"),
        new OrderEvent.RiskLocked(
            new RiskLock("r1", RiskLock.Tier.LOCK, "DAILY_LOSS_LIMIT", "daily-loss", AT, 41)),
        new OrderEvent.RiskUnlocked("r1"),
        new RequestInDoubt(ID, RequestKind.REPLACE, 2, "no answer"),
        new RequestUnknownToVenue(ID, 2, 7, AT, AT, true),
        new DoubtResolved(ID, RequestKind.NEW, 1, Outcome.ARRIVED, "VENUE", "asked"),
        new TradingStateChanged(TradingState.HALTED, "lunch", "t", "ada"),
        new OrderEvent.BracketAttached(
            ID,
            TERMS.instrument(),
            "sim",
            TERMS.side(),
            new Qty(2),
            3,
            60_001,
            LINKS.bracket(),
            "k",
            "ada"),
        new OrderEvent.OcoOverfilled(
            "a", TERMS.symbol(), TERMS.side(), 2, 1, new ClOrdId("a.fix1")),
        new OrderEvent.FlattenStarted("k", "ada"),
        new OrderEvent.FlattenStep("k", Flatten.Step.CLOSING, 2),
        new OrderEvent.FlattenEnded("k", Flatten.Outcome.FAILED),
        new ReconciliationStarted("sim", 7),
        new ReconciliationCompleted("sim", 7, 1, 2, List.of(new VenuePosition("ESH6", -2))));
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void whatIsWrittenIsReadTheSame(OrderEvent event) {
    var account = known();
    var recorded = new Recorded(account.seq() + 1, AT, AT, event);
    var row = row(account);
    var body = TapeRecords.body(account, recorded, row == null ? null : TapeRecords.text(row));
    assertThat(TapeRecords.recorded(TapeRecords.read(body), account)).isEqualTo(recorded);
    assertThat(body).isEqualTo(TapeRecords.text(TapeRecords.read(body)));
    assertThat(TapeRecords.read(body).order()).isEqualTo(row);
  }

  @Test
  void everyEventHasAnExample() {
    assertThat(oneOfEach().<Class<?>>map(Object::getClass))
        .containsExactlyInAnyOrderElementsOf(leaves(OrderEvent.class).toList());
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(TapeRecordsTest::leaves)
        : Stream.of(type);
  }

  private static AccountState known() {
    var submitted = new OrderSubmitted(ID, 1, TERMS, Links.NONE, AT, "a", "ada");
    return Evolution.evolve(
        AccountState.empty(new AccountId("PRACTICE")), new Recorded(1, AT, AT, submitted));
  }

  private static @Nullable OrderRow row(AccountState account) {
    var order = account.order(ID);
    return order == null ? null : OrderRows.row("PRACTICE", order, VenueCapabilities.LEAST);
  }

  private static Draft draft() {
    return new Draft(
        "X",
        Side.BUY,
        OrdType.LIMIT,
        TimeInForce.DAY,
        1,
        new BigDecimal("1"),
        new BigDecimal("2"),
        3L,
        AT,
        true,
        "breakout",
        false);
  }

  private static OrderEvent.KnownBefore knownBefore() {
    var fills =
        Fills.NONE
            .plus(new ExecId("E1"), new Qty(2), new Price(20_000), new BigDecimal("2.1"))
            .correct(new ExecId("E1"), new ExecId("E2"), new Qty(1), new Price(20_001), null);
    return new OrderEvent.KnownBefore(3, 2, AT, fills);
  }

  private static Terms adoptable() {
    return new Terms(
        ES,
        "sim",
        Side.SELL,
        OrdType.LIMIT,
        TimeInForce.DAY,
        new Qty(3),
        new Price(20_000),
        null,
        null,
        null,
        false,
        null,
        null);
  }
}
