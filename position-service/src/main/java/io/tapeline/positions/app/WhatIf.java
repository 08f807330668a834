package io.tapeline.positions.app;

import static io.tapeline.positions.app.RiskRows.plain;

import io.tapeline.contract.AccountRow.LimitRow;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.Side;
import io.tapeline.model.Symbol;
import io.tapeline.positions.domain.AccountFold;
import io.tapeline.positions.domain.AccountState;
import io.tapeline.positions.domain.Fill;
import io.tapeline.positions.domain.Position;
import io.tapeline.positions.domain.Tier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an order would do to an account's limits if it were filled now: at its own price, or at the
 * mark where it names none. Nothing of it is remembered.
 */
@ApplicationScoped
public class WhatIf {
  private final Marks marks;
  private final Instruments instruments;
  private final Standings standings;
  private final RiskPrograms programs;
  private final InstantSource clock;

  @Inject
  WhatIf(
      Marks marks,
      Instruments instruments,
      Standings standings,
      RiskPrograms programs,
      InstantSource clock) {
    this.marks = marks;
    this.instruments = instruments;
    this.standings = standings;
    this.programs = programs;
    this.clock = clock;
  }

  /**
   * The order asked about.
   *
   * @param stopTicks distance of its protective stop from the fill; null: none
   */
  public record Question(
      Symbol symbol,
      Side side,
      long orderQty,
      @Nullable BigDecimal price,
      @Nullable Long stopTicks) {}

  /** Why it would be refused. */
  public record Denied(String reason, String detail) {}

  /**
   * What it would come to.
   *
   * @param px it was supposed to be filled at
   * @param tickValue what a tick is then worth to the position
   * @param lossAtStop of this order alone; null without a stop
   * @param limits after the fill; {@code limitsAtStop} when its stop is reached
   * @param denials empty: the rules let it pass; order-service has checks of its own
   */
  public record Answer(
      String accountId,
      String symbol,
      BigDecimal px,
      long netQtyBefore,
      long netQtyAfter,
      BigDecimal tickValue,
      @Nullable BigDecimal lossAtStop,
      List<LimitRow> limits,
      @Nullable List<LimitRow> limitsAtStop,
      List<Denied> denials) {}

  /** Empty when nothing is known of the contract or of its price. */
  public Optional<Answer> answer(AccountState state, Question question) {
    var known = state.fold().positions().get(question.symbol());
    var instrument =
        known != null ? Optional.of(known.instrument()) : instruments.find(question.symbol());
    if (instrument.isEmpty()) return Optional.empty();
    var before = known == null ? Position.untraded(instrument.get()) : known;
    var px = price(before, question);
    if (px.isEmpty()) return Optional.empty();
    var filled = with(state, before, question.side(), question.orderQty(), px.get());
    var after = filled.fold().positions().get(question.symbol());
    if (after == null) throw new IllegalStateException("filled without a position");
    var decider = programs.decider(state.accountId());
    var standing = standings.supposing(filled);
    var atStop = question.stopTicks() == null ? null : atStop(filled, after, question, px.get());
    return Optional.of(
        new Answer(
            state.accountId().value(),
            question.symbol().value(),
            instrument.get().decimal(px.get()),
            before.netQty(),
            after.netQty(),
            plain(instrument.get().worth(Math.abs(after.netQty())).amount()),
            question.stopTicks() == null
                ? null
                : plain(
                    instrument
                        .get()
                        .worth(Math.multiplyExact(question.stopTicks(), question.orderQty()))
                        .amount()),
            RiskRows.limits(decider.uses(state.risk(), standing)),
            atStop == null
                ? null
                : RiskRows.limits(decider.uses(state.risk(), standings.supposing(atStop))),
            denials(state, filled, before, after)));
  }

  private Optional<Price> price(Position position, Question question) {
    if (question.price() != null)
      return Optional.of(
          question.side() == Side.BUY
              ? position.instrument().priceAtOrBelow(question.price())
              : position.instrument().priceAtOrAbove(question.price()));
    return marks
        .mark(position)
        .map(
            mark ->
                question.side() == Side.BUY
                    ? position.instrument().priceAtOrAbove(mark.px(position.instrument()))
                    : position.instrument().priceAtOrBelow(mark.px(position.instrument())));
  }

  private AccountState with(AccountState state, Position position, Side side, long qty, Price px) {
    var now = clock.instant();
    var fill =
        new Fill(
            state.fold().seq() + 1,
            state.fold().seq() + 1,
            new ExecId("what-if"),
            new ClOrdId("what-if"),
            position.instrument().symbol(),
            side,
            new Qty(qty),
            px,
            null,
            now,
            standings.knownTime(state).orElse(now),
            null,
            null);
    var positions = new TreeMap<>(state.fold().positions());
    positions.put(position.instrument().symbol(), position.plus(fill));
    var fold =
        new AccountFold(
            state.accountId(), state.fold().seq(), positions, state.fold().permission());
    return new AccountState(fold, state.orders(), state.day(), state.risk(), state.quarantine());
  }

  /** The order closed again at its stop: what it loses is lost, at whatever mark. */
  private AccountState atStop(AccountState filled, Position after, Question question, Price px) {
    long ticks = question.stopTicks() == null ? 0 : question.stopTicks();
    var stop = px.plusTicks(question.side() == Side.BUY ? -ticks : ticks);
    var other = question.side() == Side.BUY ? Side.SELL : Side.BUY;
    return with(filled, after, other, question.orderQty(), stop);
  }

  private List<Denied> denials(
      AccountState state, AccountState filled, Position before, Position held) {
    var denials = new ArrayList<Denied>();
    boolean increases = Math.abs(held.netQty()) > Math.abs(before.netQty());
    if (!increases) return denials;
    state
        .risk()
        .hardest()
        .filter(tier -> tier.tier() != Tier.WARN)
        .ifPresent(
            tier ->
                denials.add(
                    new Denied(tier.kind().denial(), tier.rule() + " holds: " + tier.tier())));
    var after = standings.supposing(filled);
    var most = programs.decider(state.accountId()).maxContracts(state.risk(), after);
    var contracts = after.contracts();
    if (most != null && contracts > most)
      denials.add(
          new Denied(
              "MAX_POSITION", "%d lots would be held, %d may be".formatted(contracts, most)));
    return denials;
  }
}
