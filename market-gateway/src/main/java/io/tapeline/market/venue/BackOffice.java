package io.tapeline.market.venue;

import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.venue.domain.PracticeMemory;
import io.tapeline.model.AccountId;
import io.tapeline.model.Price;
import io.tapeline.model.Symbol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The practice broker's own books: what each execution has realised, first in first out, as a
 * broker says it beside the execution. They are kept apart from everything the desk reckons, so
 * that the two can be held against each other. For the venue's thread.
 */
final class BackOffice {
  private final PracticeMemory memory;
  private final Map<Key, OpenLots> books = new HashMap<>();

  private record Key(AccountId account, Symbol symbol) {}

  BackOffice(PracticeMemory memory) {
    this.memory = memory;
  }

  /**
   * The event as the broker tells it.
   *
   * @param unwritten what was said before it and is not in memory yet
   */
  ExchangeEvent reported(ExchangeEvent event, List<ExchangeEvent> unwritten) {
    return switch (event) {
      case ExchangeEvent.Filled fill -> fill.realizing(booked(fill, unwritten));
      case ExchangeEvent.Busted bust -> {
        var _ = revised(new Key(bust.account(), bust.symbol()), bust, unwritten);
        yield bust;
      }
      case ExchangeEvent.Corrected it ->
          it.realizing(revised(new Key(it.account(), it.symbol()), it, unwritten));
      case ExchangeEvent.Accepted _,
          ExchangeEvent.Rejected _,
          ExchangeEvent.Replaced _,
          ExchangeEvent.ReplaceRejected _,
          ExchangeEvent.Triggered _,
          ExchangeEvent.Canceled _,
          ExchangeEvent.Expired _,
          ExchangeEvent.CancelRejected _ ->
          event;
    };
  }

  private @Nullable Long booked(ExchangeEvent.Filled fill, List<ExchangeEvent> unwritten) {
    var key = new Key(fill.account(), fill.symbol());
    var known = books.get(key);
    var book = known == null ? opened(key, unwritten) : known;
    books.put(key, book);
    return book.take(fill);
  }

  /**
   * The book of a contract that is asked for first; nothing was taken back since it was written.
   */
  private OpenLots opened(Key key, List<ExchangeEvent> unwritten) {
    var opened = memory.opened(key.account(), key.symbol());
    var book = new OpenLots(opened.heldBefore());
    for (var execution : opened.executions()) book.take(execution);
    for (var event : unwritten)
      if (event instanceof ExchangeEvent.Execution it && isOf(key, it)) book.take(it);
    return book;
  }

  /**
   * Booked again from the first execution that is remembered, with this revision.
   *
   * @return what the execution that stands now has realised; null where none does
   */
  private @Nullable Long revised(
      Key key, ExchangeEvent.Execution revision, List<ExchangeEvent> unwritten) {
    var written = memory.executionsAfter(key.account(), 0);
    var standing = new ArrayList<ExchangeEvent.Execution>();
    for (var execution : written) if (isOf(key, execution)) stand(standing, execution);
    long net = 0;
    for (var execution : standing) net += signedQty(execution);
    long forgotten = memory.positions(key.account()).getOrDefault(key.symbol(), 0L) - net;
    for (var event : unwritten)
      if (event instanceof ExchangeEvent.Execution it && isOf(key, it)) stand(standing, it);
    stand(standing, revision);
    var book = new OpenLots(forgotten);
    Long realized = null;
    for (var execution : standing) {
      var made = book.take(execution);
      if (execution.equals(revision)) realized = made;
    }
    books.put(key, book);
    return realized;
  }

  /** A correction counts where the fill was. */
  private static void stand(
      List<ExchangeEvent.Execution> standing, ExchangeEvent.Execution execution) {
    switch (execution) {
      case ExchangeEvent.Filled fill -> standing.add(fill);
      case ExchangeEvent.Busted bust ->
          standing.removeIf(one -> one.execId().equals(bust.bustedExecId()));
      case ExchangeEvent.Corrected it ->
          standing.replaceAll(one -> one.execId().equals(it.correctedExecId()) ? it : one);
    }
  }

  private static boolean isOf(Key key, ExchangeEvent.Execution execution) {
    var symbol =
        switch (execution) {
          case ExchangeEvent.Filled fill -> fill.symbol();
          case ExchangeEvent.Busted bust -> bust.symbol();
          case ExchangeEvent.Corrected it -> it.symbol();
        };
    return execution.account().equals(key.account()) && symbol.equals(key.symbol());
  }

  private static long signedQty(ExchangeEvent.Execution execution) {
    return switch (execution) {
      case ExchangeEvent.Filled fill -> fill.side().signed(fill.lastQty());
      case ExchangeEvent.Corrected it -> it.side().signed(it.lastQty());
      case ExchangeEvent.Busted _ -> 0;
    };
  }

  /** What is open of one contract, oldest first, all of one side. */
  private static final class OpenLots {
    private final Deque<Lot> lots = new ArrayDeque<>();

    /**
     * Lots of one price.
     *
     * @param px null: it is forgotten
     */
    private record Lot(long signedQty, @Nullable Price px) {}

    OpenLots(long heldBefore) {
      if (heldBefore != 0) lots.add(new Lot(heldBefore, null));
    }

    /**
     * Books an execution.
     *
     * @return what it has realised, in ticks times lots; null when it closed nothing, or something
     *     of which the price is forgotten
     */
    @Nullable Long take(ExchangeEvent.Execution execution) {
      return switch (execution) {
        case ExchangeEvent.Filled fill -> take(signedQty(fill), fill.lastPx());
        case ExchangeEvent.Corrected it -> take(signedQty(it), it.lastPx());
        case ExchangeEvent.Busted _ -> null;
      };
    }

    private @Nullable Long take(long signedQty, Price px) {
      long left = signedQty;
      long realized = 0;
      boolean closed = false;
      boolean known = true;
      while (left != 0 && !lots.isEmpty() && opposes(left, lots.element())) {
        var oldest = lots.remove();
        long sign = Long.signum(oldest.signedQty());
        long matched = Math.min(Math.abs(left), Math.abs(oldest.signedQty()));
        closed = true;
        if (oldest.px() == null) known = false;
        else
          realized =
              Math.addExact(
                  realized, Math.multiplyExact(sign * matched, px.ticks() - oldest.px().ticks()));
        left += sign * matched;
        long rest = oldest.signedQty() - sign * matched;
        if (rest != 0) lots.addFirst(new Lot(rest, oldest.px()));
      }
      if (left != 0) lots.add(new Lot(left, px));
      return closed && known ? realized : null;
    }

    private static boolean opposes(long signedQty, Lot lot) {
      return Long.signum(lot.signedQty()) == -Long.signum(signedQty);
    }
  }
}
