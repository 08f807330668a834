package io.tapeline.market.store;

import io.tapeline.market.venue.domain.LeaseTerm;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Who speaks to a venue. An advisory lock on a connection of its own says at once when the holder
 * is gone (a killed process loses its connections), and after some ten seconds when its machine or
 * network is (keepalives, in the settings that every service shares); the epoch in the table fences
 * one that is not.
 */
@ApplicationScoped
public class Leases {
  /** How long a holder that cannot renew may go on sending. */
  static final Duration TTL = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Logger LOG = Logger.getLogger(Leases.class);

  private static final String LOCK =
      "select pg_try_advisory_lock(hashtextextended(current_schema() || ':lease:' || $1, 0))";
  private static final String TAKE =
      """
      insert into lease (venue, epoch, holder, until) values ($1, 1, $2, now() + $3::text::interval)
      on conflict (venue) do update
         set epoch = lease.epoch + 1, holder = excluded.holder, until = excluded.until
      returning epoch""";
  private static final String RENEW =
      """
      update lease set until = now() + $4::text::interval
       where venue = $1 and epoch = $2 and holder = $3""";
  private static final String RELEASE =
      "update lease set until = now() where venue = $1 and epoch = $2 and holder = $3";

  private final Transactions transactions;

  @Inject
  public Leases(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Takes the lease when nobody holds it. */
  public Optional<Held> tryTake(String venue, String holder) {
    var connection = transactions.connection().await().atMost(PATIENCE);
    try {
      var free =
          connection
              .preparedQuery(LOCK)
              .execute(Tuple.of(venue))
              .await()
              .atMost(PATIENCE)
              .iterator()
              .next()
              .getBoolean(0);
      if (!free) {
        close(connection);
        return Optional.empty();
      }
      var epoch =
          connection
              .preparedQuery(TAKE)
              .execute(Tuple.of(venue, holder, TTL.toSeconds() + " seconds"))
              .await()
              .atMost(PATIENCE)
              .iterator()
              .next()
              .getLong(0);
      return Optional.of(new Held(new LeaseTerm(venue, epoch, holder), connection));
    } catch (RuntimeException e) {
      discard(connection);
      throw e;
    }
  }

  /** A lease as its holder has it. */
  public static final class Held {
    private final LeaseTerm term;
    private final SqlConnection connection;
    private volatile long goodUntil = System.nanoTime() + TTL.toNanos();
    private volatile boolean lost;

    Held(LeaseTerm term, SqlConnection connection) {
      this.term = term;
      this.connection = connection;
    }

    public LeaseTerm term() {
      return term;
    }

    /** Whether requests may be sent: it was renewed in time, and nobody took it over. */
    public boolean isGood() {
      return !lost && System.nanoTime() - goodUntil < 0;
    }

    /** Tells that somebody found the lease taken over. */
    public void lose() {
      lost = true;
    }

    /** Renews; what fails now may succeed the next time, until the lease runs out. */
    public void renew() {
      var asked = System.nanoTime();
      try {
        var renewed =
            connection
                .preparedQuery(RENEW)
                .execute(
                    Tuple.of(
                        term.venue(), term.epoch(), term.holder(), TTL.toSeconds() + " seconds"))
                .await()
                .atMost(PATIENCE)
                .rowCount();
        if (renewed == 1) goodUntil = asked + TTL.toNanos();
        else lost = true;
      } catch (RuntimeException e) {
        LOG.warnf("the lease of %s could not be renewed: %s", term.venue(), e.getMessage());
      }
    }

    /** Gives the lease back, so that the next one need not wait. */
    public void release() {
      lost = true;
      try {
        connection
            .preparedQuery(RELEASE)
            .execute(Tuple.of(term.venue(), term.epoch(), term.holder()))
            .await()
            .atMost(PATIENCE);
      } catch (RuntimeException e) {
        LOG.debugf(e, "the lease of %s could not be given back", term.venue());
      }
      discard(connection);
    }
  }

  /** Unlocks by hand: a pooled connection that is closed keeps its session, and so its locks. */
  private static void discard(SqlConnection connection) {
    try {
      connection.query("select pg_advisory_unlock_all()").execute().await().atMost(PATIENCE);
    } catch (RuntimeException e) {
      LOG.debug("the connection of a lease is gone already", e);
    }
    close(connection);
  }

  private static void close(SqlConnection connection) {
    try {
      connection.close().await().atMost(PATIENCE);
    } catch (RuntimeException e) {
      LOG.debug("a connection could not be given back", e);
    }
  }
}
