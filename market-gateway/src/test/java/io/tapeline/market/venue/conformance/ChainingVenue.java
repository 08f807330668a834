package io.tapeline.market.venue.conformance;

import io.tapeline.market.exchange.domain.ExchangeCode;
import io.tapeline.market.exchange.domain.ExchangeEvent;
import io.tapeline.market.exchange.domain.NewOrder;
import io.tapeline.market.exchange.domain.OrderState;
import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.Venue;
import io.tapeline.market.venue.domain.VenueAccount;
import io.tapeline.market.venue.domain.VenueCapabilities;
import io.tapeline.market.venue.domain.VenueClock;
import io.tapeline.market.venue.domain.VenueListener;
import io.tapeline.market.venue.domain.VenueRequest;
import io.tapeline.market.venue.domain.VenueState;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.ExecId;
import io.tapeline.model.OrdStatus;
import io.tapeline.model.OrdType;
import io.tapeline.model.OrderId;
import io.tapeline.model.Price;
import io.tapeline.model.Qty;
import io.tapeline.model.TimeInForce;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An adapter in small to a counterparty as FIX has them: every request goes out under an id of its
 * own that names the one before (tags 11 and 41), the counterparty answers in those ids alone and
 * gives a replaced order a new OrderID. That none of it shows is the adapter's work.
 */
final class ChainingVenue implements Venue {
  private static final Price ASK = new Price(101);

  /** What goes over the wire: 35=D, G or F. */
  private sealed interface Out {
    record NewOrderSingle(String clOrdId11, NewOrder order) implements Out {}

    record CancelReplace(String clOrdId11, String origClOrdId41, NewOrder terms) implements Out {}

    record Cancel(String clOrdId11, String origClOrdId41) implements Out {}
  }

  /** The request behind an id on the wire. */
  private record Link(RequestId request) {}

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Counterparty counterparty = new Counterparty();
  private final Map<String, Link> links = new HashMap<>();
  private final Map<ClOrdId, String> newest = new HashMap<>();
  private volatile VenueState state = VenueState.of(VenueState.Phase.STARTING);
  private @Nullable VenueListener listener;

  @Override
  public String name() {
    return "chaining";
  }

  @Override
  public VenueCapabilities capabilities() {
    return new VenueCapabilities(
        Set.of(OrdType.MARKET, OrdType.LIMIT),
        Set.of(TimeInForce.DAY, TimeInForce.GTC),
        VenueCapabilities.Replace.CHAINED,
        true,
        false,
        false,
        VenueCapabilities.Trigger.LAST,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1));
  }

  @Override
  public void open(VenueListener to) {
    listener = to;
    thread.execute(
        () -> {
          state = VenueState.of(VenueState.Phase.UP);
          to.state(state);
        });
  }

  @Override
  public boolean send(VenueRequest request) {
    thread.execute(() -> counterparty.hear(translate(request)));
    return true;
  }

  private Out translate(VenueRequest request) {
    var id = request.clOrdId() + "/" + request.id().requestNo();
    links.put(id, new Link(request.id()));
    var before = newest.getOrDefault(request.clOrdId(), request.clOrdId() + "/0");
    return switch (request) {
      case VenueRequest.Place(_, var order, _) -> {
        newest.putIfAbsent(request.clOrdId(), id);
        yield new Out.NewOrderSingle(id, order);
      }
      case VenueRequest.Replace(_, var terms, _) -> new Out.CancelReplace(id, before, terms);
      case VenueRequest.Cancel _ -> new Out.Cancel(id, before);
    };
  }

  @Override
  public void find(AccountId account, ClOrdId clOrdId, Consumer<Optional<OrderState>> answer) {
    inOrder(
        () ->
            answer.accept(
                Optional.ofNullable(newest.get(clOrdId))
                    .map(id -> counterparty.orders.get(id))
                    .map(Counterparty.Order::state)));
  }

  @Override
  public void account(AccountId account, long afterExecutionNo, Consumer<VenueAccount> answer) {
    inOrder(
        () -> {
          var executions = List.<ExchangeEvent.Execution>copyOf(counterparty.executions);
          answer.accept(
              new VenueAccount(
                  account,
                  executions,
                  executions.size(),
                  counterparty.orders.values().stream()
                      .distinct()
                      .map(Counterparty.Order::state)
                      .filter(order -> order.status().isWorking())
                      .toList(),
                  ForgetfulMemory.positionsBy(executions)));
        });
  }

  @Override
  public void inOrder(Runnable task) {
    thread.execute(task);
  }

  @Override
  public VenueClock clock() {
    return new VenueClock(Instant.now(), BigDecimal.ONE);
  }

  @Override
  public VenueState state() {
    return state;
  }

  @Override
  public void close() {
    state = VenueState.of(VenueState.Phase.DOWN);
    thread.shutdownNow();
  }

  private void say(ExchangeEvent event) {
    var to = listener;
    if (to != null) to.report(event);
  }

  private RequestId request(String id) {
    var link = links.get(id);
    if (link == null) throw new IllegalStateException("nothing was sent as " + id);
    return link.request();
  }

  /** The other side: one ask without end, ids as FIX has them. */
  private final class Counterparty {
    final Map<String, Order> orders = new HashMap<>();
    final List<ExchangeEvent.Execution> executions = new ArrayList<>();
    private int ids;

    /** Known by every id of its chain; what is asked of it has to name the newest. */
    private final class Order {
      String orderId37;
      String clOrdId11;
      NewOrder terms;
      OrdStatus status = OrdStatus.NEW;
      final List<ExchangeEvent.Filled> fills = new ArrayList<>();

      Order(String clOrdId11, NewOrder terms) {
        this.clOrdId11 = clOrdId11;
        this.terms = terms;
        orderId37 = "V" + ++ids;
      }

      boolean takes(String origClOrdId41) {
        return status.isWorking() && clOrdId11.equals(origClOrdId41);
      }

      Qty cumQty() {
        return new Qty(fills.stream().mapToLong(fill -> fill.lastQty().lots()).sum());
      }

      OrderState state() {
        return new OrderState(
            terms,
            false,
            new OrderId(orderId37),
            status,
            cumQty(),
            fills,
            null,
            null,
            Instant.EPOCH);
      }
    }

    void hear(Out message) {
      switch (message) {
        case Out.NewOrderSingle(var id, var terms) -> {
          // 103=6: an id that was used is refused, and the adapter keeps that to itself.
          if (orders.containsKey(id)) return;
          var order = new Order(id, terms);
          orders.put(id, order);
          if (terms.protection() != null) {
            order.status = OrdStatus.REJECTED;
            say(
                new ExchangeEvent.Rejected(
                    terms.account(),
                    terms.clOrdId(),
                    new OrderId(order.orderId37),
                    ExchangeCode.UNSUPPORTED,
                    "58=no brackets",
                    Instant.EPOCH));
            return;
          }
          say(
              new ExchangeEvent.Accepted(
                  terms.account(), terms.clOrdId(), new OrderId(order.orderId37), Instant.EPOCH));
          trade(order);
        }
        case Out.CancelReplace(var id, var orig, var terms) -> {
          var order = orders.get(orig);
          if (order == null || !order.takes(orig)) {
            refuse(id, order, true);
            return;
          }
          order.orderId37 = "V" + ++ids;
          order.clOrdId11 = id;
          order.terms = terms;
          orders.put(id, order);
          newest.put(terms.clOrdId(), id);
          say(
              new ExchangeEvent.Replaced(
                  terms.account(),
                  terms.clOrdId(),
                  new OrderId(order.orderId37),
                  request(id).requestNo(),
                  terms,
                  Instant.EPOCH));
          trade(order);
        }
        case Out.Cancel(var id, var orig) -> {
          var order = orders.get(orig);
          if (order == null || !order.takes(orig)) {
            refuse(id, order, false);
            return;
          }
          order.status = OrdStatus.CANCELED;
          say(
              new ExchangeEvent.Canceled(
                  order.terms.account(),
                  order.terms.clOrdId(),
                  new OrderId(order.orderId37),
                  order.cumQty(),
                  ExchangeCode.REQUESTED,
                  "150=4",
                  Instant.EPOCH));
        }
      }
    }

    /** 35=9 with 434: which request it answers is in its 11. */
    private void refuse(String id, @Nullable Order order, boolean wasReplace) {
      var request = request(id);
      var venueOrderId = order == null ? null : new OrderId(order.orderId37);
      var code = order == null ? "1" : "0";
      say(
          wasReplace
              ? new ExchangeEvent.ReplaceRejected(
                  request.account(),
                  request.clOrdId(),
                  venueOrderId,
                  request.requestNo(),
                  code,
                  "434=2",
                  Instant.EPOCH)
              : new ExchangeEvent.CancelRejected(
                  request.account(),
                  request.clOrdId(),
                  venueOrderId,
                  request.requestNo(),
                  code,
                  "434=1",
                  Instant.EPOCH));
    }

    private void trade(Order order) {
      var limit = order.terms.price();
      if (limit != null && limit.compareTo(ASK) < 0) return;
      for (long left = order.terms.orderQty().minusUpTo(order.cumQty()).lots(); left > 0; left--) {
        var fill =
            new ExchangeEvent.Filled(
                order.terms.account(),
                order.terms.clOrdId(),
                new OrderId(order.orderId37),
                new ExecId("E" + (executions.size() + 1)),
                order.terms.symbol(),
                order.terms.side(),
                new Qty(1),
                ASK,
                order.cumQty().plus(new Qty(1)),
                new Qty(left - 1),
                Instant.EPOCH);
        order.fills.add(fill);
        executions.add(fill);
        order.status = left == 1 ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED;
        say(fill);
      }
    }
  }
}
