package io.tapeline.orders.app;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.FillRow;
import io.tapeline.contract.Json;
import io.tapeline.contract.OrderEventRecord;
import io.tapeline.contract.OrderRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.TradingState;
import io.tapeline.orders.domain.Contingencies;
import io.tapeline.orders.domain.Order;
import io.tapeline.orders.domain.OrderCommand;
import io.tapeline.orders.domain.VenueFact;
import io.tapeline.orders.store.AccountJournal;
import io.tapeline.orders.store.AccountJournal.FillFilter;
import io.tapeline.orders.store.OrderList;
import io.tapeline.orders.store.OwnershipRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Orders of the accounts owned here: asked for, read, and told by the venues. */
@ApplicationScoped
public class OrderService {
  private final AccountDesks desks;
  private final AccountJournal journal;
  private final OrderList list;
  private final FillLedger fills;
  private final OwnershipRepository ownership;
  private final Surroundings surroundings;
  private final Tape tape;

  /** When each was last released here: what was said before that comes too late. */
  private final Map<AccountId, Instant> released = new ConcurrentHashMap<>();

  @Inject
  OrderService(
      AccountDesks desks,
      AccountJournal journal,
      OrderList list,
      FillLedger fills,
      OwnershipRepository ownership,
      Surroundings surroundings,
      Tape tape) {
    this.desks = desks;
    this.journal = journal;
    this.list = list;
    this.fills = fills;
    this.ownership = ownership;
    this.surroundings = surroundings;
    this.tape = tape;
  }

  /**
   * A page of a list.
   *
   * @param next cursor of the next page; null: that was all
   * @param asOfSeq the account's seq the page shows at least
   */
  public record Page<T>(List<T> items, @Nullable String next, long asOfSeq) {}

  /**
   * Decides a command.
   *
   * @param commandId under which the answer is kept; null where asking twice does no harm
   */
  public Uni<Answer> handle(
      AccountId account, OrderCommand command, @Nullable String commandId, String fingerprint) {
    return Uni.createFrom()
        .completionStage(() -> ask(account, new Asked(command, commandId, fingerprint, null)));
  }

  /** Books what a venue said; the future ends when it is in the journal. */
  public CompletableFuture<Answer> book(AccountId account, VenueFact fact, Instant venueTime) {
    return ask(account, new Asked(new OrderCommand.BookReport(fact), null, "", venueTime));
  }

  private CompletableFuture<Answer> ask(AccountId account, Asked asked) {
    var desk = desks.desk(account);
    return desk == null
        ? CompletableFuture.failedFuture(
            new NotOwnerException("account " + account + " is not owned here now"))
        : desk.ask(asked);
  }

  /** From now on the account may only cancel and reduce. */
  public Uni<Void> quarantine(AccountId account, String reason) {
    surroundings.quarantine(account);
    return ownership.quarantine(account, reason);
  }

  /** The tape lacks lines of the account's journal: they and all that follow are told again. */
  public Uni<Long> tellAgain(AccountId account, long from) {
    return tape.tellAgain(account, from);
  }

  /** Somebody looked at what was parked, and trusts the account again. */
  public Uni<Void> release(AccountId account) {
    released.put(account, Instant.now());
    return ownership.release(account).invoke(() -> surroundings.release(account));
  }

  /** Whether somebody has looked at the account after this, and trusts it again. */
  public boolean isReleasedSince(AccountId account, Instant at) {
    var when = released.get(account);
    return when != null && at.isBefore(when);
  }

  /** Working orders from committed memory, oldest first. */
  public Uni<Page<OrderRow>> working(AccountId account, @Nullable String symbol) {
    var state = owned(account).committed();
    var venue = surroundings.capabilities(account);
    var rows =
        state.live().values().stream()
            .filter(o -> symbol == null || o.terms().symbol().value().equals(symbol))
            .sorted(Comparator.comparingLong((Order.Live o) -> o.revision().createdSeq()))
            .map(o -> OrderRows.row(account.value(), o, venue))
            .toList();
    return Uni.createFrom().item(new Page<>(rows, null, state.seq()));
  }

  /**
   * Which orders are asked for.
   *
   * @param from made at or after; {@code to}: made before
   * @param asOf as they were then; null: as they are
   */
  public record Wanted(
      boolean workingOnly,
      @Nullable String symbol,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Instant asOf) {}

  /** Orders as the journal has them, newest first. */
  public Uni<Page<OrderRow>> list(
      AccountId account, Wanted wanted, @Nullable String cursor, int limit) {
    var asOf = owned(account).committed().seq();
    var filter =
        new OrderList.Filter(
            wanted.workingOnly(), wanted.symbol(), wanted.from(), wanted.to(), wanted.asOf());
    return list.page(account, filter, before(cursor), limit)
        .map(
            rows ->
                new Page<>(
                    rows.stream().map(r -> row(r.body())).toList(),
                    rows.size() < limit ? null : Long.toString(rows.getLast().createdSeq()),
                    asOf));
  }

  /** One order; null: there is none. */
  public Uni<@Nullable OrderRow> order(AccountId account, ClOrdId clOrdId) {
    var order = owned(account).committed().order(clOrdId);
    if (order != null)
      return Uni.createFrom()
          .<@Nullable OrderRow>item(
              OrderRows.row(account.value(), order, surroundings.capabilities(account)));
    return journal.row(account, clOrdId.value()).map(body -> body == null ? null : row(body));
  }

  /** What the account may do now. */
  public TradingState tradingState(AccountId account) {
    return owned(account).committed().tradingState();
  }

  /** What became of a command; null: it was never answered. */
  public Uni<Answer.@Nullable Commanded> command(AccountId account, String commandId) {
    var process = processState(owned(account).committed().contingencies(), commandId);
    if (process != null)
      return Uni.createFrom()
          .<Answer.@Nullable Commanded>item(new Answer.Commanded(commandId, process));
    return journal
        .answers(account, List.of(commandId))
        .map(
            found -> {
              var answered = found.get(commandId);
              if (answered == null) return null;
              var first =
                  Json.read(answered.answer().getBytes(StandardCharsets.UTF_8), Answer.class);
              return new Answer.Commanded(
                  commandId, first instanceof Answer.Refusal ? "DENIED" : "ACCEPTED");
            });
  }

  /** Where a process is, or how it ended; null: it is none, or long over. */
  private static @Nullable String processState(Contingencies now, String commandId) {
    var flatten = now.flatten();
    if (flatten != null && flatten.commandId().equals(commandId)) return flatten.step().name();
    var outcome = now.outcome(commandId);
    return outcome == null ? null : outcome.name();
  }

  /** Everything that happened to an order, oldest first. */
  public Uni<List<OrderEventRecord>> history(AccountId account, ClOrdId clOrdId) {
    return journal
        .ofOrders(account, List.of(clOrdId.value()))
        .map(stored -> stored.stream().map(s -> TapeRecords.read(s.body())).toList());
  }

  /**
   * Which executions; null: whatever it is.
   *
   * @param strategy tag of the order
   * @param from venue time at or after; {@code to}: before
   */
  public record WantedFills(
      @Nullable String symbol,
      @Nullable String strategy,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /** Executions, newest first. */
  public Uni<Page<FillRow>> fills(
      AccountId account, WantedFills wanted, @Nullable String cursor, int limit) {
    var asOf = owned(account).committed().seq();
    return fills
        .page(
            account,
            new FillFilter(wanted.symbol(), wanted.strategy(), wanted.from(), wanted.to()),
            before(cursor),
            limit)
        .map(
            rows ->
                new Page<>(
                    rows, rows.size() < limit ? null : Long.toString(rows.getLast().seq()), asOf));
  }

  private AccountDesk owned(AccountId account) {
    var desk = desks.desk(account);
    if (desk == null) throw new NotOwnerException("account " + account + " is not owned here now");
    return desk;
  }

  private static long before(@Nullable String cursor) {
    return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
  }

  private static OrderRow row(String body) {
    return Json.read(body.getBytes(StandardCharsets.UTF_8), OrderRow.class);
  }
}
