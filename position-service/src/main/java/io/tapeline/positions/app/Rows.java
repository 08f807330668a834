package io.tapeline.positions.app;

import io.tapeline.contract.AccountRow;
import io.tapeline.contract.PositionRow;
import io.tapeline.model.TradingState;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.Mark;
import io.tapeline.positions.domain.Position;
import io.tapeline.positions.domain.Totals;
import io.tapeline.service.TapelineConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Accounts and positions as everybody sees them. */
@ApplicationScoped
public class Rows {
  private final Accounts accounts;
  private final Marks marks;
  private final InstantSource clock;
  private final AtomicLong markNo = new AtomicLong();

  @Inject
  Rows(Accounts accounts, Marks marks, InstantSource clock) {
    this.accounts = accounts;
    this.marks = marks;
    this.clock = clock;
  }

  /**
   * The positions of every contract ever traded.
   *
   * @param markNo the second part of their version
   */
  public List<PositionRow> positions(AccountState state, long markNo) {
    return state.fold().positions().values().stream()
        .filter(position -> position.fills() > 0)
        .map(position -> position(state, position, markNo))
        .toList();
  }

  private PositionRow position(AccountState state, Position position, long markNo) {
    var instrument = position.instrument();
    // a flat position is worth nothing at any price; a mark would only make it say so all day
    var mark = position.isFlat() ? Optional.<Mark>empty() : marks.mark(position);
    var unrealized =
        position.isFlat()
            ? BigDecimal.ZERO
            : mark.map(m -> position.unrealized(m).amount()).orElse(null);
    return new PositionRow(
        state.accountId().value(),
        instrument.symbol().value(),
        position.netQty(),
        position.avgPx(),
        position.realized().amount(),
        unrealized,
        plain(position.fees()),
        instrument.tickValue().currency().getCurrencyCode(),
        mark.map(m -> m.px(instrument)).orElse(null),
        mark.map(m -> m.at()).orElse(null),
        List.of(state.fold().seq(), markNo),
        null,
        null);
  }

  /** The account's money; null for an account that is not configured. */
  public @Nullable AccountRow account(AccountState state, long markNo) {
    var account = accounts.configured().get(state.accountId());
    return account == null ? null : account(state, account, markNo);
  }

  private AccountRow account(AccountState state, TapelineConfig.Account account, long markNo) {
    var totals = Totals.of(state.fold(), accounts.currency(state.accountId()), marks::mark);
    var balance = account.startBalance().add(totals.realized()).subtract(totals.fees());
    var day = state.day();
    return new AccountRow(
        state.accountId().value(),
        account.name().orElse(state.accountId().value()),
        account.venue(),
        account.practice(),
        TradingState.ACTIVE,
        account.currency(),
        plain(balance),
        plain(balance.add(totals.unrealized())),
        plain(day == null ? totals.net() : totals.net().subtract(day.netPnl())),
        List.of(),
        state.quarantine() == null ? null : true,
        clock.instant(),
        List.of(state.fold().seq(), markNo),
        null,
        null,
        null,
        null);
  }

  /** Money is written without trailing zeros, wherever it comes from. */
  private static BigDecimal plain(BigDecimal amount) {
    var shortest = amount.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /**
   * The next number of a mark: never less than the service clock in microseconds, so that neither a
   * restart nor a new owner goes back.
   */
  public long nextMarkNo() {
    var now = clock.instant();
    var micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    return markNo.updateAndGet(last -> Math.max(last + 1, micros));
  }
}
