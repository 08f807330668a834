package io.tapeline.positions.app;

import io.tapeline.model.AccountId;
import io.tapeline.model.Symbol;
import io.tapeline.model.TradingCalendar;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.DayStart;
import io.tapeline.positions.domain.Position;
import io.tapeline.positions.domain.Results;
import io.tapeline.positions.domain.Standing;
import io.tapeline.positions.domain.Standing.Marked;
import io.tapeline.positions.domain.Totals;
import io.tapeline.positions.domain.WorkingOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What accounts are worth and hold at this moment, as their rules look at it. */
@ApplicationScoped
public class Standings {
  private final Accounts accounts;
  private final Marks marks;
  private final VenueClocks venues;
  private final InstantSource clock;
  private final Map<AccountId, Best> best = new ConcurrentHashMap<>();

  /**
   * The highest since it was last written down, within one trading day and one life of the account.
   *
   * @param pnl equity less what it began with, so that no adjustment makes it anything else
   */
  private record Best(LocalDate day, long life, BigDecimal pnl, BigDecimal realized) {
    boolean isBeside(Best other) {
      return day.equals(other.day) && life == other.life;
    }
  }

  @Inject
  Standings(Accounts accounts, Marks marks, VenueClocks venues, InstantSource clock) {
    this.accounts = accounts;
    this.marks = marks;
    this.venues = venues;
    this.clock = clock;
  }

  /** The venue's clock; before the venue was heard that of the newest quote held. */
  public Optional<Instant> knownTime(AccountState state) {
    var account = accounts.configured().get(state.accountId());
    var told = account == null ? Optional.<Instant>empty() : venues.time(account.venue());
    return told.isPresent()
        ? told
        : state.fold().positions().values().stream()
            .filter(position -> position.fills() > 0)
            .flatMap(position -> marks.venueTime(position).stream())
            .max(Instant::compareTo);
  }

  private Instant venueTime(AccountState state) {
    return knownTime(state).orElseGet(clock::instant);
  }

  /** Where an account that is configured here stands now. */
  public Standing of(AccountState state) {
    return of(state, true);
  }

  /** Where it would stand; nothing of it is remembered. */
  Standing supposing(AccountState state) {
    return of(state, false);
  }

  private Standing of(AccountState state, boolean real) {
    var accountId = state.accountId();
    var capital = state.risk().capital();
    var base = accounts.base(state);
    var totals = Totals.of(state.fold(), accounts.currency(accountId), marks::mark);
    var venueTime = venueTime(state);
    var day =
        state.day() == null
            ? DayStart.of(TradingCalendar.of(venueTime), Totals.NOTHING)
            : state.day();
    var startBalance = base.add(day.realized()).subtract(day.fees());
    var balance = base.add(totals.realized()).subtract(totals.fees());
    var equity = balance.add(totals.unrealized());
    var realized = balance.subtract(startBalance);
    var now =
        new Best(
            day.tradingDay(),
            capital == null ? 0 : capital.life(),
            equity.subtract(base),
            realized);
    var highest = real ? note(accountId, now) : now;
    return new Standing(
        venueTime,
        day.tradingDay(),
        startBalance,
        startBalance.add(day.unrealized()),
        balance,
        equity,
        realized,
        totals.unrealized().subtract(day.unrealized()),
        base.add(highest.pnl()),
        highest.realized(),
        contracts(state),
        results(state, day.tradingDay()).dayTrades(),
        state.orders().values().stream().filter(WorkingOrder::inDoubt).count(),
        tickMoney(state),
        state.fold().positions().values().stream()
            .filter(position -> !position.isFlat())
            .map(this::marked)
            .toList());
  }

  private Best note(AccountId accountId, Best now) {
    var kept =
        best.merge(
            accountId,
            now,
            (known, next) ->
                known.isBeside(next)
                    ? new Best(
                        next.day(),
                        next.life(),
                        known.pnl().max(next.pnl()),
                        known.realized().max(next.realized()))
                    // who still looks at a life that is over has nothing to say about this one
                    : known.life() > next.life() ? known : next);
    return kept.isBeside(now) ? kept : now;
  }

  /** What the account's round trips came to since it was opened or started over. */
  Results results(AccountState state, LocalDate today) {
    var ever = Results.of(state.fold(), accounts.currency(state.accountId()), today);
    var capital = state.risk().capital();
    return capital == null ? ever : capital.since(ever, today);
  }

  /** Whichever way the orders in doubt turn out to be. */
  private static long contracts(AccountState state) {
    return state.fold().positions().values().stream()
        .mapToLong(position -> worst(state, position))
        .sum();
  }

  private static long worst(AccountState state, Position position) {
    long bought = position.netQty();
    long sold = position.netQty();
    for (var order : state.orders().values()) {
      if (!order.inDoubt() || !order.symbol().equals(position.instrument().symbol())) continue;
      switch (order.side()) {
        case BUY -> bought += order.leavesQty();
        case SELL -> sold -= order.leavesQty();
      }
    }
    return Math.max(Math.abs(bought), Math.abs(sold));
  }

  private static @Nullable BigDecimal tickMoney(AccountState state) {
    var open =
        state.fold().positions().values().stream().filter(position -> !position.isFlat()).toList();
    return open.size() == 1
        ? open.getFirst().instrument().worth(Math.abs(open.getFirst().netQty())).amount()
        : null;
  }

  private Marked marked(Position position) {
    Symbol symbol = position.instrument().symbol();
    return marks
        .mark(position)
        .map(
            mark ->
                new Marked(symbol, position.netQty(), mark.px(position.instrument()), mark.at()))
        .orElseGet(() -> new Marked(symbol, position.netQty(), null, null));
  }

  void forget(Predicate<AccountId> which) {
    best.keySet().removeIf(which);
  }
}
