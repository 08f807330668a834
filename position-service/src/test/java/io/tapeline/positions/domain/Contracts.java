package io.tapeline.positions.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Contracts and fills to test with. */
final class Contracts {
  static final Instrument ES = contract("ESH4", "0.25", "12.50");
  static final Instrument MNQ = contract("MNQH4", "0.25", "0.50");
  static final Instrument ZN = contract("ZNH4", "0.015625", "15.625");
  static final Instrument CL = contract("CLK0", "0.01", "10");
  static final List<Instrument> ALL = List.of(ES, MNQ, ZN, CL);
  static final Instant NOON = Instant.parse("2024-01-10T18:00:00Z");

  /** By place, lots and price, whatever else the fill was. */
  static final Comparator<Lot> SAME_LOT =
      Comparator.comparingLong(Lot::seq).thenComparingLong(Lot::signedQty).thenComparing(Lot::px);

  private Contracts() {}

  static Instrument contract(String symbol, String tickSize, String tickValue) {
    return new Instrument(new Symbol(symbol), new BigDecimal(tickSize), Money.of(tickValue, "USD"));
  }

  static Fill fill(Instrument instrument, long seq, Side side, long lots, String px) {
    return fill(instrument, seq, side, lots, px, null);
  }

  static Fill fill(
      Instrument instrument, long seq, Side side, long lots, String px, @Nullable String fee) {
    return new Fill(
        seq,
        seq,
        new ExecId("E" + seq),
        new ClOrdId("c" + seq),
        instrument.symbol(),
        side,
        new Qty(lots),
        instrument.price(new BigDecimal(px)),
        fee == null ? null : new BigDecimal(fee),
        NOON,
        NOON,
        null,
        null);
  }

  static TapeLine line(long seq, TapeLine.Fact fact) {
    return new TapeLine(seq, NOON, NOON, fact, null);
  }

  static TapeLine named(long seq, Instrument instrument) {
    return line(seq, new TapeLine.Fact.ContractNamed(instrument));
  }

  static TapeLine nothing(long seq) {
    return line(seq, new TapeLine.Fact.NothingTraded());
  }

  static TapeLine executed(long seq, Instrument instrument, Side side, long lots, String px) {
    return executed(seq, instrument, side, lots, px, null);
  }

  static TapeLine executed(
      long seq, Instrument instrument, Side side, long lots, String px, @Nullable String fee) {
    return line(seq, executed("E" + seq, instrument.symbol(), side, lots, px, fee));
  }

  private static TapeLine.Fact.Executed executed(
      String execId, Symbol symbol, Side side, long lots, String px, @Nullable String fee) {
    return new TapeLine.Fact.Executed(
        new ExecId(execId),
        new ClOrdId("c"),
        symbol,
        side,
        new Qty(lots),
        new BigDecimal(px),
        fee == null ? null : new BigDecimal(fee),
        "breakout",
        null);
  }

  /** Lots still open of a fill of that place. */
  static Lot lot(Instrument instrument, long place, long signedQty, String px) {
    long lots = Math.abs(signedQty);
    return new Lot(
        fill(instrument, place, signedQty > 0 ? Side.BUY : Side.SELL, lots, px), signedQty);
  }

  /** The execution of an earlier line is taken back. */
  static TapeLine busted(long seq, TapeLine execution) {
    return line(seq, new TapeLine.Fact.Busted(booked(execution)));
  }

  /** The execution of an earlier line is corrected. */
  static TapeLine corrected(
      long seq, TapeLine execution, String execId, long lots, String px, @Nullable String fee) {
    var was = booked(execution);
    return line(
        seq,
        new TapeLine.Fact.Corrected(
            was, executed(execId, was.symbol(), was.side(), lots, px, fee)));
  }

  private static TapeLine.Fact.Booked booked(TapeLine line) {
    var was =
        switch (line.fact()) {
          case TapeLine.Fact.Executed executed -> executed;
          case TapeLine.Fact.Corrected corrected -> corrected.now();
          case TapeLine.Fact.Busted _,
              TapeLine.Fact.ContractNamed _,
              TapeLine.Fact.TradingAllowed _,
              TapeLine.Fact.TradingLocked _,
              TapeLine.Fact.VenueSaid _,
              TapeLine.Fact.NothingTraded _ ->
              throw new IllegalArgumentException("no execution: " + line);
        };
    return new TapeLine.Fact.Booked(
        was.execId(), was.symbol(), was.side(), was.lastQty(), was.lastPx());
  }
}
