package io.tapeline.market.store;

import io.smallrye.mutiny.Uni;
import io.tapeline.market.venue.domain.LeaseTerm;
import io.tapeline.market.venue.domain.VenueLostException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Transactions of threads that may wait, with or without the fence of a lease. */
@ApplicationScoped
public class Transactions {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * A takeover updates this row, so it waits for us, or we find it taken: never both on one epoch.
   */
  private static final String FENCE =
      "select 1 from lease where venue = $1 and epoch = $2 and holder = $3 for share";

  private final Pool pool;

  @Inject
  public Transactions(Pool pool) {
    this.pool = pool;
  }

  <T> T run(Function<SqlConnection, Uni<T>> work) {
    return pool.withTransaction(work).await().atMost(PATIENCE);
  }

  /**
   * Runs in a transaction that fails when the lease was taken over.
   *
   * @throws VenueLostException when it was
   */
  <T> T runFenced(LeaseTerm term, Function<SqlConnection, Uni<T>> work) {
    return run(tx -> fence(tx, term).chain(() -> work.apply(tx)));
  }

  /**
   * Runs statements in a transaction that fails when the lease was taken over. They are sent
   * together and done in their order: a batch waits for the database three times, however much it
   * writes.
   *
   * @param check sees what each of them did, in their order, before anything is committed; what it
   *     throws takes all of it back
   * @throws VenueLostException when the lease was taken over
   */
  void runFenced(LeaseTerm term, List<Statement> statements, Consumer<List<RowSet<Row>>> check) {
    run(
        tx -> {
          var sent = new ArrayList<Uni<?>>(statements.size() + 1);
          sent.add(fence(tx, term));
          var done = new ArrayList<RowSet<Row>>(statements.size());
          for (var statement : statements)
            sent.add(
                tx.preparedQuery(statement.sql())
                    .execute(statement.parameters())
                    .invoke(done::add));
          return Uni.combine().all().unis(sent).discardItems().invoke(() -> check.accept(done));
        });
  }

  /** A statement with its parameters. */
  record Statement(String sql, Tuple parameters) {}

  RowSet<Row> query(String sql, Tuple parameters) {
    return pool.preparedQuery(sql).execute(parameters).await().atMost(PATIENCE);
  }

  Uni<SqlConnection> connection() {
    return pool.getConnection();
  }

  private static Uni<Void> fence(SqlConnection tx, LeaseTerm term) {
    return tx.preparedQuery(FENCE)
        .execute(Tuple.of(term.venue(), term.epoch(), term.holder()))
        .invoke(
            rows -> {
              if (rows.size() == 0)
                throw new VenueLostException(
                    "the lease of " + term.venue() + " was taken over from epoch " + term.epoch());
            })
        .replaceWithVoid();
  }
}
