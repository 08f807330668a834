package io.tapeline.market.store;

import io.tapeline.market.intake.domain.IntakeDecision;
import io.tapeline.market.intake.domain.IntakeDecision.Intent;
import io.tapeline.market.store.Transactions.Statement;
import io.tapeline.market.venue.domain.LeaseTerm;
import io.tapeline.market.venue.domain.RequestId;
import io.tapeline.market.venue.domain.RequestKind;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** How far the journal was read, and what it led to: consumed, intents, doubts, quarantines. */
@ApplicationScoped
public class IntakeStore {
  /** The decision of an intent that was to be sent; any other is the reason why it was not. */
  public static final String SEND = "SEND";

  private static final String KNOW_ACCOUNTS =
      """
      insert into consumed (venue, account_id, seq)
      select $1, a, 0 from unnest($2::text[]) as a on conflict do nothing""";
  private static final String ADVANCE =
      """
      update consumed c set seq = e.after
        from unnest($2::text[], $3::bigint[], $4::bigint[]) as e(account_id, before, after)
       where c.venue = $1 and c.account_id = e.account_id and c.seq = e.before""";
  private static final String INTEND =
      """
      insert into intent (account_id, cl_ord_id, request_no, venue, kind, decision, lease_epoch, at)
      select e.account_id, e.cl_ord_id, e.request_no, $1, e.kind, e.decision, $2, $3
        from unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[])
             as e(account_id, cl_ord_id, request_no, kind, decision)""";
  private static final String SETTLE =
      """
      delete from doubt d using unnest($1::text[], $2::text[], $3::text[]) as e(account_id, cl_ord_id, kinds)
       where d.account_id = e.account_id and d.cl_ord_id = e.cl_ord_id
         and not d.kind = any (string_to_array(e.kinds, ','))""";
  private static final String DOUBT =
      """
      insert into doubt (account_id, cl_ord_id, request_no, venue, kind, since)
      select e.account_id, e.cl_ord_id, e.request_no, $1, e.kind, $2
        from unnest($3::text[], $4::text[], $5::bigint[], $6::text[])
             as e(account_id, cl_ord_id, request_no, kind)
      on conflict do nothing""";
  private static final String QUARANTINE =
      """
      insert into quarantine (venue, account_id, seq, reason, since)
      select $1, e.account_id, e.seq, e.reason, $2
        from unnest($3::text[], $4::bigint[], $5::text[]) as e(account_id, seq, reason)
      on conflict do nothing""";
  private static final String RELEASE =
      """
      with released as (
        delete from quarantine where venue = $1 and account_id = $2 returning account_id)
      update consumed c set seq = $3 from released r
       where c.venue = $1 and c.account_id = r.account_id""";
  private static final String CONSUMED =
      "select account_id, seq from consumed where venue = $1 and account_id = any($2::text[])";
  private static final String QUARANTINED =
      "select account_id, seq, reason, since from quarantine where venue = $1";
  private static final String OPEN_INTENTS =
      """
      select account_id, cl_ord_id, request_no, kind, decision, at from intent
       where venue = $1 and outcome is null order by at, account_id, cl_ord_id, request_no""";
  private static final String OUTCOMES =
      """
      update intent i set outcome = e.outcome, outcome_at = now()
        from unnest($1::text[], $2::text[], $3::bigint[], $4::text[])
             as e(account_id, cl_ord_id, request_no, outcome)
       where i.account_id = e.account_id and i.cl_ord_id = e.cl_ord_id and i.request_no = e.request_no
         and i.outcome is distinct from e.outcome""";
  private static final String DOUBTS =
      """
      select d.account_id, d.cl_ord_id, d.request_no, d.kind, coalesce(i.at, d.since) as at,
             coalesce(i.decision, 'SEND') as decision
        from doubt d left join intent i using (account_id, cl_ord_id, request_no)
       where d.venue = $1 order by d.since""";
  private static final String RECONCILED =
      "select execution_no from reconciled where venue = $1 and account_id = $2";
  private static final String MARK_RECONCILED =
      """
      insert into reconciled (venue, account_id, execution_no, at) values ($1, $2, $3, now())
      on conflict (venue, account_id) do update set execution_no = excluded.execution_no, at = excluded.at
       where reconciled.execution_no <= excluded.execution_no""";
  private static final String FORGET =
      """
      delete from intent where ctid = any (array(
        select ctid from intent where outcome_at < now() - interval '30 days' limit 10000))""";

  private final Transactions transactions;

  @Inject
  public IntakeStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A request that was or may have been sent. */
  public record Request(RequestId id, RequestKind kind, String decision, Instant at) {
    public boolean wasToBeSent() {
      return decision.equals(SEND);
    }
  }

  public record Outcome(RequestId id, String outcome) {}

  public record Quarantined(AccountId account, long seq, String reason, Instant since) {}

  /** Another reader moved on with the same accounts: what this one knows of them is old. */
  public static final class StaleReaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleReaderException(String venue) {
      super("somebody else read the journal for " + venue);
    }
  }

  public Map<AccountId, Long> consumed(String venue, Collection<AccountId> accounts) {
    var ids = texts(accounts.stream().map(AccountId::value).toList());
    transactions.query(KNOW_ACCOUNTS, Tuple.of(venue, ids));
    var consumed = new HashMap<AccountId, Long>();
    for (var row : transactions.query(CONSUMED, Tuple.of(venue, ids)))
      consumed.put(new AccountId(row.getString(0)), row.getLong(1));
    return consumed;
  }

  public List<Quarantined> quarantined(String venue) {
    return list(
        transactions.query(QUARANTINED, Tuple.of(venue)),
        row ->
            new Quarantined(
                new AccountId(row.getString(0)),
                row.getLong(1),
                row.getString(2),
                row.getOffsetDateTime(3).toInstant()));
  }

  /**
   * Writes what a batch led to: all of it or nothing, and only while the lease is ours.
   *
   * @throws StaleReaderException when the consumed seqs are not as the decision saw them
   * @throws io.tapeline.market.venue.domain.VenueLostException when the lease was taken over
   */
  public void commit(LeaseTerm term, IntakeDecision decision, Instant now) {
    var statements = new ArrayList<Statement>();
    var advances = !decision.progress().isEmpty();
    if (advances) statements.add(advance(term.venue(), decision));
    if (!decision.intents().isEmpty()) statements.add(intend(term, decision.intents(), now));
    if (!decision.settled().isEmpty()) statements.add(settle(decision.settled()));
    if (!decision.doubts().isEmpty()) statements.add(doubt(term.venue(), decision.doubts(), now));
    if (!decision.quarantines().isEmpty())
      statements.add(quarantine(term.venue(), decision.quarantines(), now));
    transactions.runFenced(
        term,
        statements,
        done -> {
          if (advances && done.getFirst().rowCount() != decision.progress().size())
            throw new StaleReaderException(term.venue());
        });
  }

  /** Requests whose end is not known: what this or an earlier holder was about to do. */
  public List<Request> openIntents(String venue) {
    return list(transactions.query(OPEN_INTENTS, Tuple.of(venue)), IntakeStore::request);
  }

  public List<Request> doubts(String venue) {
    return list(transactions.query(DOUBTS, Tuple.of(venue)), IntakeStore::request);
  }

  public void record(Collection<Outcome> outcomes) {
    if (outcomes.isEmpty()) return;
    var ids = outcomes.stream().map(Outcome::id).toList();
    transactions.query(
        OUTCOMES,
        Tuple.of(
            accounts(ids),
            clOrdIds(ids),
            requestNos(ids),
            texts(outcomes.stream().map(Outcome::outcome).toList())));
  }

  public long reconciledExecution(String venue, AccountId account) {
    var rows = transactions.query(RECONCILED, Tuple.of(venue, account.value()));
    return rows.size() == 0 ? 0 : rows.iterator().next().getLong(0);
  }

  public void markReconciled(String venue, AccountId account, long executionNo) {
    transactions.query(MARK_RECONCILED, Tuple.of(venue, account.value(), executionNo));
  }

  /**
   * Ends a quarantine: whoever reads next follows the account from the next line that comes.
   *
   * @return whether there was one
   */
  public boolean release(String venue, AccountId account) {
    return transactions
            .query(RELEASE, Tuple.of(venue, account.value(), IntakeDecision.Progress.ANEW))
            .rowCount()
        > 0;
  }

  /** Forgets requests whose end was known long ago. */
  public void forgetOld() {
    transactions.query(FORGET, Tuple.tuple());
  }

  private static Statement advance(String venue, IntakeDecision decision) {
    var steps = List.copyOf(decision.progress().entrySet());
    return new Statement(
        ADVANCE,
        Tuple.of(
            venue,
            texts(steps.stream().map(step -> step.getKey().value()).toList()),
            steps.stream().map(step -> step.getValue().from()).toArray(Long[]::new),
            steps.stream().map(step -> step.getValue().to()).toArray(Long[]::new)));
  }

  private static Statement intend(LeaseTerm term, List<Intent> intents, Instant now) {
    var ids = intents.stream().map(Intent::id).toList();
    return new Statement(
        INTEND,
        Tuple.from(
            List.of(
                term.venue(),
                term.epoch(),
                utc(now),
                accounts(ids),
                clOrdIds(ids),
                requestNos(ids),
                texts(intents.stream().map(intent -> intent.kind().name()).toList()),
                texts(intents.stream().map(IntakeStore::decision).toList()))));
  }

  private static String decision(Intent intent) {
    return switch (intent) {
      case Intent.Send _ -> SEND;
      case Intent.Withhold(_, _, var reason) -> reason;
    };
  }

  private static Statement settle(List<IntakeDecision.Settled> settled) {
    return new Statement(
        SETTLE,
        Tuple.of(
            texts(settled.stream().map(one -> one.account().value()).toList()),
            texts(settled.stream().map(one -> one.doubts().clOrdId().value()).toList()),
            texts(
                settled.stream()
                    .map(
                        one ->
                            String.join(
                                ",", one.doubts().kinds().stream().map(RequestKind::name).toList()))
                    .toList())));
  }

  private static Statement doubt(String venue, List<IntakeDecision.Doubt> doubts, Instant now) {
    var ids = doubts.stream().map(IntakeDecision.Doubt::id).toList();
    return new Statement(
        DOUBT,
        Tuple.of(
            venue,
            utc(now),
            accounts(ids),
            clOrdIds(ids),
            requestNos(ids),
            texts(doubts.stream().map(doubt -> doubt.kind().name()).toList())));
  }

  private static Statement quarantine(
      String venue, List<IntakeDecision.Quarantine> quarantines, Instant now) {
    return new Statement(
        QUARANTINE,
        Tuple.of(
            venue,
            utc(now),
            texts(quarantines.stream().map(one -> one.account().value()).toList()),
            quarantines.stream().map(IntakeDecision.Quarantine::seq).toArray(Long[]::new),
            texts(quarantines.stream().map(IntakeDecision.Quarantine::reason).toList())));
  }

  private static Request request(Row row) {
    return new Request(
        new RequestId(
            new AccountId(row.getString("account_id")),
            new ClOrdId(row.getString("cl_ord_id")),
            row.getLong("request_no")),
        RequestKind.valueOf(row.getString("kind")),
        row.getString("decision"),
        row.getOffsetDateTime("at").toInstant());
  }

  private static <T> List<T> list(Iterable<Row> rows, java.util.function.Function<Row, T> read) {
    return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String[] accounts(List<RequestId> ids) {
    return ids.stream().map(id -> id.account().value()).toArray(String[]::new);
  }

  private static String[] clOrdIds(List<RequestId> ids) {
    return ids.stream().map(id -> id.clOrdId().value()).toArray(String[]::new);
  }

  private static Long[] requestNos(List<RequestId> ids) {
    return ids.stream().map(RequestId::requestNo).toArray(Long[]::new);
  }

  private static String[] texts(Collection<String> texts) {
    return texts.toArray(String[]::new);
  }
}
