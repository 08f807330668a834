package io.tapeline.orders.app;

import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.OrderRow;
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

  /** The line of the journal, exactly as it is published. */
  static String body(AccountState after, Recorded recorded, @Nullable OrderRow row) {
    var line =
        new OrderEventRecord(
            after.accountId().value(),
            recorded.seq(),
            VERSION,
            recorded.at(),
            recorded.venueTime(),
            TapeWriting.wire(recorded.event(), after),
            row);
    return new String(Json.bytes(line), StandardCharsets.UTF_8);
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
