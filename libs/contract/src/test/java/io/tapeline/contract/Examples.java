package io.tapeline.contract;

import static io.tapeline.model.OrdType.LIMIT;
import static io.tapeline.model.OrdType.MARKET;
import static io.tapeline.model.OrdType.STOP;
import static io.tapeline.model.Side.BUY;
import static io.tapeline.model.Side.SELL;
import static io.tapeline.model.TimeInForce.DAY;
import static io.tapeline.model.TimeInForce.GTC;

import io.tapeline.contract.Capabilities.Capability;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.TradingState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One of every record on the wire, each with every field that can stand together. */
final class Examples {
  private static final Instant AT = Instant.parse("2023-12-25T23:00:00.123456Z");
  private static final Instant LATER = AT.plusMillis(1_500);
  private static final BigDecimal PX = new BigDecimal("4826.25");
  private static final BigDecimal TICK = new BigDecimal("0.25");
  private static final BigDecimal TICK_VALUE = new BigDecimal("12.50");

  private Examples() {}

  static Stream<Record> rows() {
    return Stream.of(
        new InstrumentRow(
            "ESH4",
            "ES",
            "XCME",
            "E-mini S&P 500",
            TICK,
            TICK_VALUE,
            "USD",
            LocalDate.of(2024, 3, 15),
            "17:00-16:00 America/Chicago",
            "replay",
            true),
        new QuoteRow("ESH4", PX, 12L, PX.add(TICK), 7L, PX, 1L, AT, LATER, true),
        new DepthRow(
            "ESH4",
            List.of(new DepthRow.Level(PX, 12, 5), new DepthRow.Level(PX.subtract(TICK), 20, null)),
            List.of(),
            AT,
            LATER,
            null),
        new TradePrint("ESH4", 17, PX, 3, SELL, AT, LATER, "replay", 2L, AT),
        new BarRow("ESH4", "1m", AT, PX, PX, PX, PX, 3, 1, true, "replay", 1),
        new MarketStatusRow(
            "replay",
            "ESH4",
            "OPEN",
            FeedState.QUIET,
            "no update for 5 s",
            AT,
            LATER,
            AT,
            new BigDecimal("5"),
            true,
            new MarketStatusRow.CapabilitiesRow(
                List.of(MARKET, LIMIT), List.of(DAY), "IN_PLACE", false, false, "LAST", 2_000)),
        order(),
        new FillRow(
            "PRACTICE",
            4,
            "V1-1",
            "a-1",
            "ESH4",
            BUY,
            2,
            PX,
            new BigDecimal("2.10"),
            AT,
            LATER,
            "CORRECTED",
            "V1-1.c1",
            "V0-9",
            new BigDecimal("-12.5")),
        new PositionRow(
            "PRACTICE",
            "ESH4",
            -2,
            PX,
            new BigDecimal("-12.5"),
            new BigDecimal("25"),
            new BigDecimal("4.20"),
            "USD",
            PX,
            AT,
            List.of(4L, 1_703_545_200_123_456L),
            true,
            31_000L,
            new BigDecimal("-25")),
        new AccountRow(
            "PRACTICE",
            "Practice",
            "sim",
            true,
            TradingState.ACTIVE,
            "USD",
            new BigDecimal("50000"),
            new BigDecimal("50012.5"),
            new BigDecimal("8.3"),
            List.of(
                new AccountRow.LimitRow(
                    "daily-loss",
                    new BigDecimal("1000"),
                    new BigDecimal("750"),
                    new BigDecimal("250"),
                    "DAILY_LOSS",
                    "MONEY",
                    75,
                    "WARN",
                    10L)),
            null,
            AT,
            List.of(4L, 9L),
            new AccountRow.DayRow(
                LocalDate.of(2023, 12, 26),
                "ETH",
                new BigDecimal("50000"),
                new BigDecimal("50000"),
                BigDecimal.ZERO,
                new BigDecimal("12.5"),
                new BigDecimal("4.2"),
                1,
                3,
                2,
                1),
            new AccountRow.StatsRow(
                3,
                2,
                1,
                new BigDecimal("100"),
                new BigDecimal("40"),
                new BigDecimal("0.6667"),
                new BigDecimal("2.5"),
                new BigDecimal("50100"),
                new BigDecimal("87.5")),
            new AccountRow.OpenRiskRow(new BigDecimal("50"), 1, 1),
            new AccountRow.RiskRow(
                "eval-50k",
                1,
                "LOCK",
                "daily-loss",
                "risk-3f9a0c1b22d4",
                "DAILY_LOSS_LIMIT",
                LATER,
                4,
                5L)),
        new RoundTripRow(
            "T2-4",
            "PRACTICE",
            4,
            "ESH4",
            BUY,
            2,
            PX,
            PX.add(TICK),
            AT,
            LATER,
            1_500,
            new BigDecimal("25"),
            new BigDecimal("4.2"),
            "USD",
            new BigDecimal("-12.5"),
            new BigDecimal("37.5"),
            LocalDate.of(2023, 12, 26),
            "ETH",
            "breakout",
            List.of("a-1", "a-2"),
            List.of("V1-1", "V1-2"),
            true),
        new RiskEventRecord(
            "PRACTICE",
            1,
            1,
            AT,
            LATER,
            4,
            new RiskEvent.TierCleared("risk-3f9a0c1b22d4", "daily-loss", "LOCK", "NEW_DAY")),
        new NoticeRow(
            "PRACTICE-4-OVERFILL",
            "PRACTICE",
            "CRITICAL",
            "OVERFILL",
            "a-1 was filled beyond its quantity",
            Map.of("clOrdId", "a-1"),
            AT),
        new OrderEventRecord(
            "PRACTICE", 4, 1, AT, LATER, new TapeEvent.OrderAccepted("a-1", "V1"), order()),
        new VenueReportRecord(
            "PRACTICE", "sim", 3001, AT, LATER, new VenueReport.ReconcileStarted()));
  }

  static Stream<RiskEvent> riskEvents() {
    var marks = List.of(new RiskEvent.MarkedPosition("ESH4", 2, PX, AT));
    return Stream.of(
        new RiskEvent.DayStarted(
            LocalDate.of(2023, 12, 26), new BigDecimal("50000"), new BigDecimal("50025"), marks),
        new RiskEvent.PeakRaised(
            LocalDate.of(2023, 12, 26), new BigDecimal("50100"), new BigDecimal("50200")),
        new RiskEvent.TierReached(
            "risk-3f9a0c1b22d4",
            "daily-loss",
            "DAILY_LOSS",
            "LOCK",
            100,
            "eval-50k",
            1,
            LocalDate.of(2023, 12, 26),
            LATER,
            "DAILY_LOSS_LIMIT",
            "the day's loss of 1000 is used up",
            new RiskEvent.RiskInputs(
                new BigDecimal("1000"),
                new BigDecimal("1012.5"),
                new BigDecimal("49900"),
                new BigDecimal("48987.5"),
                new BigDecimal("-100"),
                new BigDecimal("-912.5"),
                new BigDecimal("50100"),
                1,
                marks)),
        new RiskEvent.TierCleared("risk-3f9a0c1b22d4", "daily-loss", "LOCK", "NEW_DAY"));
  }

  static Stream<TapeEvent> events() {
    return Stream.of(
        new TapeEvent.OrderSubmitted(
            "a-1",
            1,
            "ESH4",
            BUY,
            LIMIT,
            DAY,
            2,
            PX,
            null,
            null,
            null,
            false,
            "breakout",
            new BigDecimal("4826.30"),
            TICK,
            TICK_VALUE,
            "USD",
            "sim",
            LATER,
            "a-1",
            "owner",
            new TapeEvent.OrderLinks(
                "ENTRY",
                null,
                null,
                new TapeEvent.BracketTerms(
                    List.of(new TapeEvent.BracketTerms.Leg(8L, null, 2L, null)),
                    new TapeEvent.BracketTerms.Leg(null, PX.subtract(BigDecimal.ONE), null, 6L),
                    4L))),
        new TapeEvent.OrderHeld(
            "a-1.sl",
            "PARENT",
            "ESH4",
            SELL,
            STOP,
            GTC,
            2,
            null,
            PX,
            6L,
            LATER,
            true,
            "breakout",
            PX.add(TICK),
            TICK,
            TICK_VALUE,
            "USD",
            "sim",
            "a-1",
            "owner",
            new TapeEvent.OrderLinks("STOP_LOSS", "a-1", "a-1.oco", null)),
        new TapeEvent.OrderReleased(
            "a-1.sl",
            1,
            "ESH4",
            SELL,
            MARKET,
            GTC,
            2,
            PX,
            PX,
            6L,
            LATER,
            TICK,
            TICK_VALUE,
            "USD",
            LATER,
            "TRIGGERED"),
        new TapeEvent.ReplaceRequested(
            "a-1",
            2,
            "ESH4",
            BUY,
            LIMIT,
            DAY,
            3,
            PX,
            PX,
            6L,
            LATER,
            TICK,
            TICK_VALUE,
            "USD",
            LATER,
            PX,
            "r-1",
            "owner"),
        new TapeEvent.ReplaceQueued("a-1", 3, PX, PX, 6L, LATER, PX, "r-2", "owner"),
        new TapeEvent.OrderReplaced("a-1", 2, "V2", 3, PX, PX, 6L, PX, "r-1", "owner"),
        new TapeEvent.ReplaceRejected("a-1", 2, "3", "not now"),
        new TapeEvent.ReplaceDropped("a-1", 2, "UNSENT"),
        new TapeEvent.OrderTriggered("a-1.sl"),
        new TapeEvent.FillBusted(
            "a-1", "V1-1", "ESH4", BUY, 2, PX, new BigDecimal("2.10"), "trade bust"),
        new TapeEvent.FillCorrected(
            "a-1",
            "V1-1",
            "V1-1.c1",
            "ESH4",
            BUY,
            2,
            PX,
            1,
            PX.add(TICK),
            new BigDecimal("2.10"),
            new BigDecimal("1.05"),
            new BigDecimal("-12.5")),
        new TapeEvent.RequestDenied(
            RequestKind.NEW,
            "a-2",
            new TapeEvent.RequestedOrder(
                "ESH4", BUY, MARKET, DAY, 500, null, null, false, null, 4L, LATER),
            "MAX_ORDER_QTY",
            "500 lots are more than the 50 an order may have",
            Map.of("max", "50"),
            1,
            "a-2",
            "owner"),
        new TapeEvent.CancelRequested("a-1", 2, "c-1", "owner"),
        new TapeEvent.RevisionNoted(
            "V9",
            "V9-1",
            "V9-1.c1",
            1L,
            PX,
            new BigDecimal("1.05"),
            "late",
            new BigDecimal("-12.5")),
        new TapeEvent.RiskLocked("r-1", "LOCK", "DAILY_LOSS_LIMIT", "daily-loss", LATER, 41),
        new TapeEvent.RiskUnlocked("r-1"),
        new TapeEvent.OrderAccepted("a-1", "V1"),
        new TapeEvent.OrderRejected("a-1", "3", "margin"),
        new TapeEvent.OrderFilled(
            "a-1", "V1-1", "V1", "ESH4", BUY, 2, PX, new BigDecimal("2.10"), new BigDecimal("-25")),
        new TapeEvent.OrderCanceled("a-1", "IOC", "the rest found no liquidity", "c-1", "owner"),
        new TapeEvent.TradingStateChanged(TradingState.REDUCING, "lunch", "t-1", "owner"),
        new TapeEvent.CancelRejected("a-1", 2, "TOO_LATE", "already filled"),
        new TapeEvent.OrderExpired("a-1", "UNSENT", null),
        new TapeEvent.OrderAdopted(
            "X-V9",
            "V9",
            "ESH4",
            SELL,
            LIMIT,
            DAY,
            1,
            PX,
            null,
            TICK,
            TICK_VALUE,
            "USD",
            "sim",
            new TapeEvent.KnownBefore(
                3,
                7,
                AT,
                2,
                List.of(
                    new TapeEvent.KnownExecution("V9-1", 1, PX, new BigDecimal("2.10"), true)))),
        new TapeEvent.RequestInDoubt("a-1", RequestKind.NEW, 1, "the session was lost"),
        new TapeEvent.RequestUnknownToVenue("a-1", 1, 3002, AT, LATER, true),
        new TapeEvent.DoubtResolved("a-1", RequestKind.NEW, 1, "NEVER_ARRIVED", "VENUE", null),
        new TapeEvent.BracketAttached(
            "b-1",
            "ESH4",
            BUY,
            2,
            2,
            40_003,
            new TapeEvent.BracketTerms(
                List.of(), new TapeEvent.BracketTerms.Leg(20L, null, null, 8L), 12L),
            TICK,
            TICK_VALUE,
            "USD",
            "sim",
            "c-9",
            "owner"),
        new TapeEvent.OcoOverfilled("a-1", "ESH4", SELL, 2, 2, "a-1.fix1"),
        new TapeEvent.FlattenStarted("c-10", "owner"),
        new TapeEvent.FlattenStep("c-10", "CLOSING", 1),
        new TapeEvent.FlattenEnded("c-10", "FLAT"),
        new TapeEvent.ReconciliationStarted("sim", 3001),
        new TapeEvent.ReconciliationCompleted(
            "sim", 3001, 1, 4, List.of(new VenueReport.VenuePosition("ESH4", -2))));
  }

  static Stream<VenueReport> reports() {
    return Stream.of(
        new VenueReport.Accepted("a-1", "V1"),
        new VenueReport.Rejected("a-1", "3", "margin"),
        new VenueReport.Filled(
            "a-1", "V1", "V1-1", "ESH4", BUY, 2, PX, new BigDecimal("2.10"), new BigDecimal("-25")),
        new VenueReport.Canceled("a-1", "V1", null, null),
        new VenueReport.CancelRejected("a-1", 2, "TOO_LATE", "already filled"),
        new VenueReport.Expired("a-1", "TIME_IN_FORCE", null),
        new VenueReport.NotSent("a-1", RequestKind.NEW, 1, "STALE"),
        new VenueReport.InDoubt("a-1", RequestKind.CANCEL, 2, "no answer in 5 s"),
        new VenueReport.OrderKnown(
            "a-1",
            "V1",
            1L,
            "ESH4",
            BUY,
            LIMIT,
            DAY,
            2,
            1,
            PX,
            null,
            OrdStatus.PARTIALLY_FILLED,
            TICK,
            TICK_VALUE,
            "USD",
            null),
        new VenueReport.Replaced("a-1", "V2", 2L, 3, PX, PX, 6L),
        new VenueReport.ReplaceRejected("a-1", 2, "3", "not now"),
        new VenueReport.Triggered("a-1", "V1"),
        new VenueReport.Busted("a-1", "V1", "V1-1", "trade bust"),
        new VenueReport.Corrected(
            "a-1", "V1", "V1-1", "V1-1.c1", 1, PX, new BigDecimal("1.05"), new BigDecimal("-12.5")),
        new VenueReport.OrderUnknown("a-1", RequestKind.NEW, 1, AT, LATER, LATER, 1_000),
        new VenueReport.ReconcileStarted(),
        new VenueReport.ReconcileCompleted(
            List.of("a-1"), 1, 4, List.of(new VenueReport.VenuePosition("ESH4", -2))));
  }

  private static OrderRow order() {
    return new OrderRow(
        "PRACTICE",
        "a-1",
        "V1",
        "ESH4",
        BUY,
        LIMIT,
        DAY,
        2,
        PX,
        null,
        null,
        1,
        1,
        PX,
        OrdStatus.PARTIALLY_FILLED,
        List.of(
            new PendingRow(RequestKind.REPLACE, AT, false, 3L, PX, PX, 6L, null),
            new PendingRow(RequestKind.CANCEL, AT, new PendingRow.Doubt(LATER, "no answer", 1))),
        "STANDALONE",
        null,
        null,
        false,
        "breakout",
        null,
        3,
        4,
        AT,
        LATER,
        new Capabilities(
            Capability.YES,
            Capability.no("a limit order has no stop price"),
            Capability.no("not trailing"),
            Capability.YES,
            Capability.no("a cancel is in flight")),
        null,
        "DESK",
        false,
        new OrderRow.Snapped(new BigDecimal("4826.30"), PX),
        null,
        null,
        null,
        null);
  }
}
