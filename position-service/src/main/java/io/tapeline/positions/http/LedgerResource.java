package io.tapeline.positions.http;

import static jakarta.ws.rs.core.Response.Status.BAD_REQUEST;
import static jakarta.ws.rs.core.Response.Status.NOT_FOUND;

import io.smallrye.mutiny.Uni;
import io.tapeline.contract.RoundTripRow;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.positions.app.Accounts;
import io.tapeline.positions.app.Evidence;
import io.tapeline.positions.app.Ledger;
import io.tapeline.positions.domain.EquityPoint;
import io.tapeline.positions.domain.LedgerFill;
import io.tapeline.positions.domain.TradeFilter;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What an account has traded: round trips, executions and the curve of its equity. */
@Path("/api/accounts")
@RolesAllowed("read")
class LedgerResource {
  private static final int MOST_PER_PAGE = 1_000;
  private static final int DEFAULT_PER_PAGE = 100;

  /** A spreadsheet takes a million rows; more than these are asked for by time. */
  private static final int MOST_IN_A_FILE = 100_000;

  private static final String CSV = "text/csv; charset=utf-8";

  /** Of a file that ends before what was asked for does. */
  private static final String NEXT_CURSOR = "X-Next-Cursor";

  private final Accounts accounts;
  private final Ledger ledger;
  private final Evidence evidence;

  @Inject
  LedgerResource(Accounts accounts, Ledger ledger, Evidence evidence) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.evidence = evidence;
  }

  /** One page; {@code next} is the cursor of the following one. */
  record Page<T>(List<T> items, @Nullable String next) {
    static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
      return found.size() <= limit
          ? new Page<>(found, null)
          : new Page<>(found.subList(0, limit), cursor.apply(found.get(limit - 1)));
    }
  }

  private record Request(
      AccountId accountId, TradeFilter filter, int limit, long afterSeq, String afterId) {}

  /** Round trips, oldest exit first. */
  @GET
  @Path("{acct}/trades")
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<Page<RoundTripRow>>> trades(
      @RestPath String acct,
      @RestQuery @Nullable String symbol,
      @RestQuery @Nullable String strategy,
      @RestQuery @Nullable String tradingDay,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    return answer(
        () -> request(acct, symbol, strategy, tradingDay, from, to, limit, cursor),
        asked ->
            ledger
                .trades(
                    asked.accountId(),
                    asked.filter(),
                    asked.afterSeq(),
                    asked.afterId(),
                    asked.limit() + 1)
                .map(found -> Page.of(found, asked.limit(), LedgerResource::cursor)));
  }

  private static String cursor(RoundTripRow row) {
    return row.tradeId().substring(row.tradeId().indexOf('-') + 1) + "." + row.tradeId();
  }

  @GET
  @Path("{acct}/trades.csv")
  @Produces(CSV)
  public Uni<RestResponse<String>> tradesAsFile(
      @RestPath String acct,
      @RestQuery @Nullable String symbol,
      @RestQuery @Nullable String strategy,
      @RestQuery @Nullable String tradingDay,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    return file(
        "trades-" + acct,
        () -> fileRequest(acct, symbol, strategy, tradingDay, from, to, limit, cursor),
        asked ->
            ledger
                .trades(
                    asked.accountId(),
                    asked.filter(),
                    asked.afterSeq(),
                    asked.afterId(),
                    asked.limit() + 1)
                .map(found -> Page.of(found, asked.limit(), LedgerResource::cursor))
                .map(page -> new Sheet(tradeFile(page.items()), page.next())));
  }

  private static Csv tradeFile(List<RoundTripRow> rows) {
    var csv =
        new Csv(
            "tradeId",
            "symbol",
            "side",
            "qty",
            "entryPx",
            "exitPx",
            "entryAt",
            "exitAt",
            "durationMillis",
            "pnl",
            "fees",
            "currency",
            "mae",
            "mfe",
            "tradingDay",
            "session",
            "strategy",
            "clOrdIds");
    for (var row : rows)
      csv.row(
          Arrays.asList(
              row.tradeId(),
              row.symbol(),
              row.side(),
              row.qty(),
              plain(row.entryPx()),
              plain(row.exitPx()),
              row.entryAt(),
              row.exitAt(),
              row.durationMillis(),
              plain(row.pnl()),
              plain(row.fees()),
              row.currency(),
              plain(row.mae()),
              plain(row.mfe()),
              row.tradingDay(),
              row.session(),
              row.strategy(),
              String.join(" ", row.clOrdIds())));
    return csv;
  }

  @GET
  @Path("{acct}/fills.csv")
  @Produces(CSV)
  public Uni<RestResponse<String>> fillsAsFile(
      @RestPath String acct,
      @RestQuery @Nullable String symbol,
      @RestQuery @Nullable String strategy,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    return file(
        "fills-" + acct,
        () -> fileRequest(acct, symbol, strategy, null, from, to, limit, cursor),
        asked ->
            ledger
                .fills(asked.accountId(), asked.filter(), asked.afterSeq(), asked.limit() + 1)
                .map(found -> Page.of(found, asked.limit(), fill -> fill.seq() + ".F"))
                .map(page -> new Sheet(fillFile(page.items()), page.next())));
  }

  private static Csv fillFile(List<LedgerFill> rows) {
    var csv =
        new Csv(
            "seq",
            "execId",
            "clOrdId",
            "symbol",
            "side",
            "lastQty",
            "lastPx",
            "fee",
            "currency",
            "venueTime",
            "at",
            "strategy",
            "takenBackBy",
            "reportedPnl");
    for (var row : rows)
      csv.row(
          Arrays.asList(
              row.seq(),
              row.execId(),
              row.clOrdId(),
              row.symbol(),
              row.side(),
              row.lastQty(),
              plain(row.lastPx()),
              plain(row.fee()),
              row.currency(),
              row.venueTime(),
              row.at(),
              row.strategy(),
              row.reversedSeq(),
              plain(row.reportedPnl())));
    return csv;
  }

  private static @Nullable Object plain(@Nullable BigDecimal number) {
    return number == null ? null : new Plain(number.toPlainString());
  }

  /** A number in a file: no text, so a minus is a minus. */
  private record Plain(String digits) {
    @Override
    public String toString() {
      return digits;
    }
  }

  /** The curve of the equity, oldest point first; the cursor is the time of the last one seen. */
  @GET
  @Path("{acct}/equity")
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<Page<EquityPoint>>> equity(
      @RestPath String acct,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    return answer(
        () -> request(acct, null, null, null, from, to, limit, null),
        asked ->
            ledger
                .curve(
                    asked.accountId(),
                    cursor == null ? Instant.EPOCH : Instant.parse(cursor),
                    asked.filter(),
                    asked.limit() + 1)
                .map(found -> Page.of(found, asked.limit(), point -> point.at().toString())));
  }

  private Uni<RestResponse<String>> file(
      String name, Supplier<Request> request, Function<Request, Uni<Sheet>> rows) {
    var next = new AtomicReference<@Nullable String>();
    return answer(
            request,
            asked ->
                rows.apply(asked)
                    .invoke(sheet -> next.set(sheet.next()))
                    .map(sheet -> sheet.csv().toString()))
        .map(
            response -> {
              if (response.getStatus() != 200) return response;
              var file =
                  RestResponse.ResponseBuilder.ok(response.getEntity())
                      .header("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
              var cursor = next.get();
              return (cursor == null ? file : file.header(NEXT_CURSOR, cursor)).build();
            });
  }

  /** A file, and where the next one begins. */
  private record Sheet(Csv csv, @Nullable String next) {}

  private Request fileRequest(
      String acct,
      @Nullable String symbol,
      @Nullable String strategy,
      @Nullable String tradingDay,
      @Nullable String from,
      @Nullable String to,
      @Nullable Integer limit,
      @Nullable String cursor) {
    if (limit != null && (limit < 1 || limit > MOST_IN_A_FILE))
      throw new IllegalArgumentException("limit is 1 to " + MOST_IN_A_FILE);
    var asked = request(acct, symbol, strategy, tradingDay, from, to, null, cursor);
    return new Request(
        asked.accountId(),
        asked.filter(),
        limit == null ? MOST_IN_A_FILE : limit,
        asked.afterSeq(),
        asked.afterId());
  }

  /** Everything there is about one order, as one file. */
  @GET
  @Path("{acct}/orders/{clOrdId}/evidence")
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<Evidence.Pack>> evidence(
      @RestPath String acct, @RestPath String clOrdId) {
    AccountId accountId;
    ClOrdId order;
    try {
      accountId = request(acct, null, null, null, null, null, null, null).accountId();
      order = new ClOrdId(clOrdId);
    } catch (UnknownAccountException e) {
      return Uni.createFrom().item(AccountResource.unknown(e.accountId()).response());
    } catch (IllegalArgumentException e) {
      return malformed(e);
    }
    return evidence
        .of(accountId, order)
        .map(
            found ->
                found
                    .map(
                        pack ->
                            RestResponse.ResponseBuilder.ok(pack)
                                .header(
                                    "Content-Disposition",
                                    "attachment; filename=\"evidence-%s-%s.json\""
                                        .formatted(acct, clOrdId))
                                .build())
                    .orElseGet(
                        () ->
                            Problem.of(
                                    NOT_FOUND,
                                    "UNKNOWN_ORDER",
                                    "the journal has no order of that id",
                                    Map.of("clOrdId", clOrdId))
                                .response()));
  }

  private <T> Uni<RestResponse<T>> answer(
      Supplier<Request> request, Function<Request, Uni<T>> query) {
    try {
      return query.apply(request.get()).map(RestResponse::ok);
    } catch (UnknownAccountException e) {
      return Uni.createFrom().item(AccountResource.unknown(e.accountId()).response());
    } catch (DateTimeException | IllegalArgumentException e) {
      return malformed(e);
    }
  }

  private static <T> Uni<RestResponse<T>> malformed(RuntimeException e) {
    return Uni.createFrom()
        .item(
            Problem.of(BAD_REQUEST, "MALFORMED_REQUEST", String.valueOf(e.getMessage()), Map.of())
                .response());
  }

  private Request request(
      String acct,
      @Nullable String symbol,
      @Nullable String strategy,
      @Nullable String tradingDay,
      @Nullable String from,
      @Nullable String to,
      @Nullable Integer limit,
      @Nullable String cursor) {
    var accountId = new AccountId(acct);
    if (!accounts.configured().containsKey(accountId)) throw new UnknownAccountException(acct);
    if (limit != null && (limit < 1 || limit > MOST_PER_PAGE))
      throw new IllegalArgumentException("limit is 1 to " + MOST_PER_PAGE);
    var dot = cursor == null ? -1 : cursor.indexOf('.');
    if (cursor != null && dot < 1) throw new IllegalArgumentException("not a cursor: " + cursor);
    return new Request(
        accountId,
        new TradeFilter(
            symbol,
            strategy,
            tradingDay == null ? null : LocalDate.parse(tradingDay),
            from == null ? null : Instant.parse(from),
            to == null ? null : Instant.parse(to)),
        limit == null ? DEFAULT_PER_PAGE : limit,
        cursor == null ? 0 : Long.parseLong(cursor.substring(0, dot)),
        cursor == null ? "" : cursor.substring(dot + 1));
  }

  private static final class UnknownAccountException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String accountId;

    UnknownAccountException(String accountId) {
      super(accountId);
      this.accountId = accountId;
    }

    String accountId() {
      return accountId;
    }
  }
}
