package io.tapeline.orders.app;

import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.model.Instrument;
import io.tapeline.model.Money;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.Recorded;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the journal: what {@link TapeWriting} writes, {@link TapeReading} reads the same.
 */
final class TapeRecords {
  /** Version of the body's format. */
  static final int VERSION = 1;

  private TapeRecords() {}

  /**
   * The line of the journal, exactly as it is published.
   *
   * @param row JSON of the order's row, which is made once for all that holds it
   */
  static String body(AccountState after, Recorded recorded, @Nullable String row) {
    var line =
        text(
            new OrderEventRecord(
                after.accountId().value(),
                recorded.seq(),
                VERSION,
                recorded.at(),
                recorded.venueTime(),
                TapeWriting.wire(recorded.event(), after),
                null));
    // the row is the last there is in a line
    return row == null ? line : line.substring(0, line.length() - 1) + ",\"order\":" + row + "}";
  }

  static String text(Object value) {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }

  static OrderEventRecord read(String body) {
    return Json.read(body.getBytes(StandardCharsets.UTF_8), OrderEventRecord.class);
  }

  /** The event of a line, in the context of the account before it. */
  static Recorded recorded(OrderEventRecord line, AccountState before) {
    return new Recorded(line.seq(), line.at(), line.venueTime(), TapeReading.domain(line, before));
  }

  static Instrument instrument(
      String symbol, BigDecimal tickSize, BigDecimal tickValue, String currency) {
    return new Instrument(
        new Symbol(symbol), tickSize, new Money(tickValue, Currency.getInstance(currency)));
  }

  static Instrument instrument(AccountState account, Symbol symbol) {
    var instrument = account.instruments().get(symbol);
    if (instrument == null) throw new IllegalStateException("no order of " + symbol + " before");
    return instrument;
  }
}
