package io.tapeline.market.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapeline.contract.TradePrint;
import io.tapeline.market.alert.domain.Alert;
import io.tapeline.market.alert.domain.AlertBook;
import io.tapeline.market.alert.domain.AlertHistory;
import io.tapeline.market.alert.domain.AlertRefusal;
import io.tapeline.market.alert.domain.AlertState;
import io.tapeline.market.store.AlertStore;
import io.tapeline.market.venue.domain.LeaseTerm;
import io.tapeline.market.venue.domain.VenueLostException;
import io.tapeline.model.Instrument;
import io.tapeline.model.OffTickException;
import io.tapeline.model.Symbol;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a venue while it is ours. Trades are seen as they come back from the tape, before
 * the reader's place on it is written: what a crash leaves unseen is read again. What was reached
 * is written first and told then, again after a crash that came in between, under the same id. No
 * trade is seen while an alert is being set: it waits by then, or counts only what trades later.
 */
public final class AlertWatch {
  private static final Logger LOG = Logger.getLogger(AlertWatch.class);

  private final LeaseTerm term;
  private final AlertStore store;
  private final Tape tape;
  private final Instruments instruments;
  private final MarketBoard board;
  private final InstantSource clock;
  private final Counter triggered;
  private final AlertBook book = new AlertBook();

  // The reader's.
  private final List<AlertStore.Reached> reached = new ArrayList<>();
  private final Map<Alert.Id, CompletableFuture<Void>> telling = new HashMap<>();

  AlertWatch(
      LeaseTerm term,
      AlertStore store,
      Tape tape,
      Instruments instruments,
      MarketBoard board,
      InstantSource clock,
      MeterRegistry meters) {
    this.term = term;
    this.store = store;
    this.tape = tape;
    this.instruments = instruments;
    this.board = board;
    this.clock = clock;
    triggered = meters.counter("tapeline.alerts.triggered");
  }

  /** What came of a wish. */
  public sealed interface Answer {
    record Known(AlertHistory alert) implements Answer {}

    record Refused(AlertRefusal reason, Map<String, String> params) implements Answer {}
  }

  /**
   * Sets an alert; the same again is answered with how the first one stands.
   *
   * @param direction null: whichever side the last trade has yet to come from
   */
  public synchronized Answer set(
      Alert.Id id,
      String symbol,
      BigDecimal px,
      Alert.@Nullable Direction direction,
      @Nullable String note) {
    var contract = contract(symbol);
    if (contract.isEmpty()) return refused(AlertRefusal.UNKNOWN_SYMBOL, "symbol", symbol);
    var instrument = contract.get();
    try {
      var _ = instrument.price(px);
    } catch (OffTickException | ArithmeticException _) {
      return refused(AlertRefusal.OFF_TICK, "px", px.toPlainString());
    }
    long newest = board.printed(symbol);
    var last = board.last(instrument.symbol());
    var from = direction == null ? side(px, last) : direction;
    var alert =
        new Alert(
            id,
            instrument.symbol(),
            px,
            from == null ? Alert.Direction.ABOVE : from,
            note,
            clock.instant(),
            newest);
    if (from == null) return answerWithoutASide(alert, last);
    return added(alert, direction == null);
  }

  private Answer added(Alert alert, boolean anySide) {
    try {
      return store
          .add(term, alert)
          .map(known -> answer(known, alert, anySide))
          .orElseGet(
              () ->
                  refused(
                      AlertRefusal.TOO_MANY_ALERTS,
                      "most",
                      Integer.toString(AlertStore.MOST_WAITING)));
    } catch (VenueLostException _) {
      return refused(AlertRefusal.VENUE_DOWN, "venue", term.venue());
    }
  }

  private Answer answer(AlertHistory known, Alert asked, boolean anySide) {
    var kept = known.alert();
    if (!kept.isSameWish(asked) || (!anySide && kept.direction() != asked.direction()))
      return refused(AlertRefusal.DUPLICATE_ALERT_ID, "alertId", asked.id().alertId());
    if (known.state() == AlertState.ACTIVE) book.add(kept);
    return new Answer.Known(known);
  }

  /** The price lies on no side of the last trade; a repeat has its answer all the same. */
  private Answer answerWithoutASide(Alert alert, @Nullable BigDecimal last) {
    return store
        .find(alert.id())
        .map(known -> answer(known, alert, true))
        .orElseGet(
            () ->
                last == null
                    ? refused(AlertRefusal.NO_LAST_PRICE, "symbol", alert.symbol().value())
                    : refused(AlertRefusal.ALREADY_THERE, "px", alert.px().toPlainString()));
  }

  private static Alert.@Nullable Direction side(BigDecimal px, @Nullable BigDecimal last) {
    int above = last == null ? 0 : px.compareTo(last);
    if (above == 0) return null;
    return above > 0 ? Alert.Direction.ABOVE : Alert.Direction.BELOW;
  }

  /** Ends an alert that still waits; says how it stands then. */
  public Answer cancel(Alert.Id id) {
    var known = store.cancel(id, clock.instant());
    known.ifPresent(history -> book.remove(history.alert()));
    return known
        .<Answer>map(Answer.Known::new)
        .orElseGet(() -> refused(AlertRefusal.UNKNOWN_ALERT, "alertId", id.alertId()));
  }

  /** The alerts of a user, newest first. */
  public List<AlertHistory> of(String user, boolean onlyActive) {
    return store.of(user, onlyActive);
  }

  /** Takes up what waits, and tells what was reached and perhaps not told. */
  void begin() {
    reached.clear();
    telling.clear();
    var over = new ArrayList<Alert.Id>();
    for (var alert : store.active(term.venue()))
      if (contract(alert.symbol().value()).isPresent()) book.add(alert);
      else over.add(alert.id());
    if (!over.isEmpty()) store.expire(over, clock.instant());
    store.untold(term.venue()).forEach(this::tell);
  }

  /** A trade, as it came back from the tape; one without lots was taken back. */
  synchronized void see(TradePrint print) {
    if (print.qty() == 0) return;
    var now = book.reach(print.symbol(), print.tradeId(), print.px());
    if (now.isEmpty()) return;
    var trade = new AlertHistory.Trade(print.tradeId(), print.px(), print.venueTime());
    for (var alert : now) reached.add(new AlertStore.Reached(alert, trade));
  }

  /** Writes and tells what was reached; what fails here is read and seen again. */
  void settle() {
    if (!reached.isEmpty()) {
      store.trigger(term, reached, clock.instant()).forEach(this::tell);
      reached.clear();
    }
    if (telling.isEmpty()) return;
    var told =
        telling.entrySet().stream()
            .filter(each -> each.getValue().isDone() && !each.getValue().isCompletedExceptionally())
            .map(Map.Entry::getKey)
            .toList();
    if (told.isEmpty()) return;
    store.told(told);
    told.forEach(telling::remove);
  }

  private void tell(AlertHistory alert) {
    triggered.increment();
    LOG.debugf("alert %s was reached", alert.alert().id());
    CompletionStage<Void> done = tape.notice(AlertNotices.notice(alert));
    telling.put(alert.alert().id(), done.toCompletableFuture());
  }

  private Optional<Instrument> contract(String symbol) {
    try {
      return instruments.contract(new Symbol(symbol)).map(each -> each.instrument());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Answer refused(AlertRefusal reason, String name, String value) {
    return new Answer.Refused(reason, Map.of(name, value));
  }
}
