package io.tapeline.orders.app;

import io.tapeline.model.AccountId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Instrument;
import io.tapeline.model.Symbol;
import io.tapeline.orders.domain.Circumstances;
import io.tapeline.orders.domain.Limits;
import io.tapeline.orders.domain.TopOfBook;
import io.tapeline.orders.domain.VenueCapabilities;
import io.tapeline.orders.domain.VenueCapabilities.TriggerOn;
import io.tapeline.service.TapelineConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything a decision depends on besides the account's own history. */
@ApplicationScoped
public class Surroundings {
  private static final String DEFAULT = "default";

  private final TapelineConfig tapeline;
  private final OrdersConfig config;
  private final MarketView market;
  private final Tape tape;
  private final RiskView risk;
  private final Map<AccountId, Limits> limits;
  private final Set<AccountId> quarantined = ConcurrentHashMap.newKeySet();

  @Inject
  Surroundings(
      TapelineConfig tapeline, OrdersConfig config, MarketView market, Tape tape, RiskView risk) {
    this.tapeline = tapeline;
    this.config = config;
    this.market = market;
    this.tape = tape;
    this.risk = risk;
    limits =
        tapeline.accounts().keySet().stream()
            .collect(Collectors.toUnmodifiableMap(AccountId::new, this::configured));
  }

  private Limits configured(String account) {
    var limit = config.limits().getOrDefault(account, config.limits().get(DEFAULT));
    if (limit == null)
      throw new IllegalStateException(
          "orders.limits.\"" + account + "\" is missing, and so is orders.limits.\"default\"");
    return new Limits(
        limit.maxOrderQty(),
        limit.maxPosition(),
        limit.maxWorkingOrders(),
        limit.ordersPerSecond(),
        limit.collarTicks(),
        limit.restoreAfterOcoRace());
  }

  Limits limits(AccountId account) {
    return Objects.requireNonNull(limits.get(account), "no limits");
  }

  String venue(AccountId account) {
    return Objects.requireNonNull(tapeline.accounts().get(account.value()), "no account").venue();
  }

  VenueCapabilities capabilities(AccountId account) {
    return market.capabilities(venue(account));
  }

  /** What reaches a stop of the account's venue. */
  TriggerOn triggerOn(AccountId account) {
    return market.capabilities(venue(account)).triggerOn();
  }

  @Nullable Instant venueTime(AccountId account, Instant now) {
    return market.venueTime(venue(account), now);
  }

  void quarantine(AccountId account) {
    quarantined.add(account);
  }

  void release(AccountId account) {
    quarantined.remove(account);
  }

  boolean isQuarantined(AccountId account) {
    return quarantined.contains(account) || risk.quarantined(account);
  }

  Circumstances circumstances(
      AccountId account, Instant now, boolean rateExceeded, Predicate<ExecId> booked) {
    var lag = tape.lagMillis(account);
    return new Circumstances(
        venue(account),
        market.capabilities(venue(account)),
        now,
        venueTime(account, now),
        now.plus(config.sendWithin()),
        limits(account),
        new KnownMarket(market, venue(account), config.feedPatience(), booked),
        lag > config.tapeLagLimit().toMillis() ? lag : -1,
        market.down(venue(account)),
        isQuarantined(account),
        rateExceeded,
        risk.facts(account));
  }

  private record KnownMarket(
      MarketView view, String venue, Duration feedPatience, Predicate<ExecId> executions)
      implements Circumstances.Market {
    @Override
    public @Nullable Instrument instrument(Symbol symbol) {
      return view.instrument(symbol);
    }

    @Override
    public @Nullable TopOfBook top(Symbol symbol) {
      return view.top(symbol);
    }

    @Override
    public Circumstances.Session session(Symbol symbol) {
      return view.session(venue, symbol);
    }

    @Override
    public boolean feedDistrusted(Symbol symbol) {
      return view.feedDistrusted(venue, symbol, feedPatience);
    }

    @Override
    public boolean booked(ExecId execId) {
      return executions.test(execId);
    }
  }
}
