package io.tapeline.orders.domain;

import io.tapeline.model.Instrument;
import io.tapeline.model.OrdType;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.model.TimeInForce;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes terms of a draft, or says what is wrong with it. */
sealed interface TermsCheck {
  record Right(Terms terms) implements TermsCheck {}

  record Wrong(Denial denial) implements TermsCheck {}

  static TermsCheck check(Draft draft, Circumstances now) {
    var instrument = instrument(draft.symbol(), now);
    if (instrument == null) return new Wrong(DenialReason.UNKNOWN_SYMBOL.with(draft.symbol()));
    if (draft.orderQty() < 1) return new Wrong(DenialReason.INVALID_QTY.with(draft.orderQty()));
    var misfit = misfit(draft);
    if (misfit != null)
      return new Wrong(DenialReason.INVALID_PRICE_FOR_TYPE.with(draft.ordType(), misfit));
    if (!endsInTime(draft, now))
      return new Wrong(
          DenialReason.INVALID_EXPIRE_AT.with(
              draft.timeInForce(), Objects.requireNonNullElse(draft.expireAt(), "")));
    var price = Ticks.limit(instrument, draft.side(), draft.price(), draft.strict());
    if (price.denial() != null) return new Wrong(price.denial());
    var stop = Ticks.stop(instrument, draft.side(), draft.stopPx(), draft.strict());
    if (stop.denial() != null) return new Wrong(stop.denial());
    var terms = terms(draft, instrument, price, stop, now);
    var unable = Sending.unsupported(terms, now.capabilities());
    return unable == null ? new Right(terms) : new Wrong(unable);
  }

  private static @Nullable Instrument instrument(String symbol, Circumstances now) {
    try {
      return now.market().instrument(new Symbol(symbol));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** The price that is missing, or too much; null: all is as the type needs it. */
  private static @Nullable String misfit(Draft draft) {
    var type = draft.ordType();
    if (Capabilities.hasPrice(type) != (draft.price() != null)) return "price";
    var trails = type == OrdType.TRAILING_STOP;
    // where a trailing stop starts may be told, and follows from the market otherwise
    if (!trails && Capabilities.hasStop(type) != (draft.stopPx() != null)) return "stopPx";
    var trail = draft.trail();
    return trails == (trail != null) && (trail == null || trail > 0) ? null : "trail";
  }

  private static boolean endsInTime(Draft draft, Circumstances now) {
    var expireAt = draft.expireAt();
    if (draft.timeInForce() != TimeInForce.GTD) return expireAt == null;
    var venueTime = now.venueTime();
    return expireAt != null && expireAt.isAfter(venueTime == null ? now.at() : venueTime);
  }

  private static Terms terms(
      Draft draft, Instrument instrument, Ticks price, Ticks stop, Circumstances now) {
    return new Terms(
        instrument,
        now.venue(),
        draft.side(),
        draft.ordType(),
        draft.timeInForce(),
        new Qty(draft.orderQty()),
        price.price(),
        stop.price(),
        draft.trail(),
        draft.expireAt(),
        draft.reduceOnly(),
        draft.strategy(),
        price.from() == null ? stop.from() : price.from());
  }
}
