package io.tapeline.orders.domain;

import io.tapeline.model.Instrument;
import io.tapeline.model.OrdType;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes terms of a draft, or says what is wrong with it. */
sealed interface TermsCheck {
  record Right(Terms terms) implements TermsCheck {}

  record Wrong(Denial denial) implements TermsCheck {}

  Set<OrdType> ORD_TYPES = Set.of(OrdType.MARKET, OrdType.LIMIT);
  Set<TimeInForce> TIMES_IN_FORCE =
      Set.of(TimeInForce.DAY, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK);

  static TermsCheck check(Draft draft, Circumstances now) {
    var instrument = instrument(draft.symbol(), now);
    if (instrument == null) return new Wrong(DenialReason.UNKNOWN_SYMBOL.with(draft.symbol()));
    if (!ORD_TYPES.contains(draft.ordType()))
      return new Wrong(DenialReason.UNSUPPORTED_BY_VENUE.with("ordType", draft.ordType()));
    if (!TIMES_IN_FORCE.contains(draft.timeInForce()))
      return new Wrong(DenialReason.UNSUPPORTED_BY_VENUE.with("timeInForce", draft.timeInForce()));
    if (draft.orderQty() < 1) return new Wrong(DenialReason.INVALID_QTY.with(draft.orderQty()));
    var misfit = misfit(draft);
    if (misfit != null)
      return new Wrong(DenialReason.INVALID_PRICE_FOR_TYPE.with(draft.ordType(), misfit));
    var asked = draft.price();
    if (asked == null) return new Right(terms(draft, instrument, null, null, now));
    var price = snapped(instrument, draft.side(), asked);
    if (instrument.decimal(price).compareTo(asked) == 0)
      return new Right(terms(draft, instrument, price, null, now));
    return draft.strict()
        ? new Wrong(
            DenialReason.OFF_TICK.with(
                asked.toPlainString(), instrument.tickSize().toPlainString()))
        : new Right(terms(draft, instrument, price, asked, now));
  }

  /** A limit moves away from the market: never a worse price than was asked for. */
  private static Price snapped(Instrument instrument, Side side, BigDecimal price) {
    return side == Side.BUY ? instrument.priceAtOrBelow(price) : instrument.priceAtOrAbove(price);
  }

  private static @Nullable Instrument instrument(String symbol, Circumstances now) {
    try {
      return now.market().instrument(new Symbol(symbol));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable String misfit(Draft draft) {
    if (draft.stopPx() != null) return "stopPx";
    if (draft.trail() != null) return "trail";
    if (draft.expireAt() != null) return "expireAt";
    return (draft.ordType() == OrdType.LIMIT) == (draft.price() != null) ? null : "price";
  }

  private static Terms terms(
      Draft draft,
      Instrument instrument,
      @Nullable Price price,
      @Nullable BigDecimal snappedFrom,
      Circumstances now) {
    return new Terms(
        instrument,
        now.venue(),
        draft.side(),
        draft.ordType(),
        draft.timeInForce(),
        new Qty(draft.orderQty()),
        price,
        null,
        null,
        null,
        draft.reduceOnly(),
        draft.strategy(),
        snappedFrom);
  }
}
