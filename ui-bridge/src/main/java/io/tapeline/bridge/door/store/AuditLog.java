package io.tapeline.bridge.door.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Who did what, when, and how it ended. Lines are written in batches a moment later, so that no
 * order waits for them, and are kept for a bounded time.
 */
@ApplicationScoped
public class AuditLog {
  private static final Logger LOG = Logger.getLogger(AuditLog.class);
  private static final int MOST_WAITING = 10_000;
  private static final int BATCH = 1_000;
  private static final long WRITE_EVERY_MS = 250;
  private static final long PURGE_EVERY_MS = Duration.ofHours(1).toMillis();
  private static final int KEEP_DAYS = 90;
  private static final String APPEND =
      """
      insert into audit (at, who, method, path, status, request_id)
      select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[])""";
  private static final String PURGE = "delete from audit where at < $1";

  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Pool postgres;
  private final Vertx vertx;

  @Inject
  AuditLog(Pool postgres, Vertx vertx) {
    this.postgres = postgres;
    this.vertx = vertx;
  }

  /** One line. */
  public record Line(
      Instant at, String who, String method, String path, int status, String requestId) {}

  public void add(Line line) {
    if (!waiting.offer(line)) LOG.errorf("audit log is behind; not written: %s", line);
  }

  void start(@Observes StartupEvent started) {
    vertx.setPeriodic(WRITE_EVERY_MS, _ -> write());
    vertx.setPeriodic(PURGE_EVERY_MS, _ -> purge());
  }

  void stop(@Observes ShutdownEvent stopping) {
    write();
  }

  private void write() {
    var lines = new ArrayList<Line>();
    if (waiting.drainTo(lines, BATCH) == 0) return;
    var columns =
        Tuple.tuple()
            .addArrayOfOffsetDateTime(
                lines.stream()
                    .map(line -> line.at().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new))
            .addArrayOfString(texts(lines, Line::who))
            .addArrayOfString(texts(lines, Line::method))
            .addArrayOfString(texts(lines, Line::path))
            .addArrayOfInteger(lines.stream().map(Line::status).toArray(Integer[]::new))
            .addArrayOfString(texts(lines, Line::requestId));
    postgres
        .preparedQuery(APPEND)
        .execute(columns)
        .subscribe()
        .with(
            _ -> {},
            e -> LOG.errorf(e, "%d lines of the audit log were not written", lines.size()));
  }

  private static String[] texts(List<Line> lines, Function<Line, String> column) {
    return lines.stream().map(column).toArray(String[]::new);
  }

  private void purge() {
    var before = Instant.now().minus(Duration.ofDays(KEEP_DAYS)).atOffset(ZoneOffset.UTC);
    postgres
        .preparedQuery(PURGE)
        .execute(Tuple.of(before))
        .subscribe()
        .with(_ -> {}, e -> LOG.error("old lines of the audit log were not deleted", e));
  }
}
