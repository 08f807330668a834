package io.tapeline.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.contract.Json;
import io.tapeline.stack.AuditRules.Statement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL counted of the statements of one database (pg_stat_statements). */
final class StatementLog implements AutoCloseable {
  private static final Pattern PLANNED =
      Pattern.compile("^\\s*(select|insert|update|delete|with|merge|values)\\b.*", Pattern.DOTALL);

  private static final String SEEN =
      """
      select r.rolname, s.query, s.calls, s.mean_exec_time, s.max_exec_time, s.stddev_exec_time, s.rows,
             s.shared_blks_hit + s.shared_blks_read as blocks, s.wal_bytes, s.queryid
        from pg_stat_statements s join pg_roles r on r.oid = s.userid join pg_database d on d.oid = s.dbid
       where d.datname = current_database() and s.toplevel and r.rolname <> current_user
       order by s.total_exec_time desc""";

  private static final String UNUSED =
      """
      select i.schemaname || '.' || i.indexrelname, pg_size_pretty(pg_relation_size(i.indexrelid))
        from pg_stat_user_indexes i join pg_index x on x.indexrelid = i.indexrelid
       where i.idx_scan = 0 and not x.indisunique and i.schemaname <> 'public'
         and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)
       order by 1""";

  private final Connection connection;
  private final boolean asChosen;

  /**
   * @param asChosen whether tables are so large that the planner may be left alone
   */
  StatementLog(Database database, boolean asChosen) throws SQLException {
    this.asChosen = asChosen;
    // as plain text: prepared, a statement to be explained would want its parameters
    connection =
        DriverManager.getConnection(
            database.jdbcUrl() + "?preferQueryMode=simple",
            database.admin(),
            database.adminPassword());
    Database.execute(connection, "create extension if not exists pg_stat_statements");
  }

  /** Counts anew. */
  void reset() throws SQLException {
    Database.execute(connection, "select pg_stat_statements_reset()");
  }

  /** What ran since then, but for the statements of this user; the longest in all first. */
  List<Statement> seen() throws SQLException {
    var raw = new ArrayList<Statement>();
    try (var query = connection.prepareStatement(SEEN);
        var rows = query.executeQuery()) {
      while (rows.next())
        raw.add(
            new Statement(
                rows.getLong(10),
                rows.getString(1),
                rows.getString(2),
                rows.getLong(3),
                rows.getDouble(4),
                rows.getDouble(5),
                rows.getDouble(6),
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9),
                null));
    }
    Database.execute(connection, "analyze");
    var statements = new ArrayList<Statement>();
    for (var one : raw) statements.add(planned(one));
    return statements;
  }

  /**
   * With the plan that serves any parameters. Tables of minutes are small, and of a small table the
   * planner prefers the whole: so it is told not to, and what it scans all the same has no index.
   */
  private Statement planned(Statement one) throws SQLException {
    return new Statement(
        one.id(),
        one.owner(),
        one.text(),
        one.calls(),
        one.meanMillis(),
        one.maxMillis(),
        one.deviationMillis(),
        one.rows(),
        one.blocks(),
        one.walBytes(),
        plan(one));
  }

  private @Nullable JsonNode plan(Statement one) throws SQLException {
    if (!PLANNED.matcher(one.text().toLowerCase(Locale.ROOT)).matches()) return null;
    var schemas = Database.SCHEMAS_BY_USER.get(one.owner());
    if (schemas == null) return null;
    Database.execute(connection, "set search_path = " + schemas.getFirst());
    Database.execute(connection, "set enable_seqscan = " + (asChosen ? "on" : "off"));
    try (var statement = connection.createStatement()) {
      try (var rows =
          statement.executeQuery("explain (generic_plan, verbose, format json) " + one.text())) {
        rows.next();
        return Json.MAPPER.readTree(rows.getString(1));
      }
    } catch (SQLException | JsonProcessingException e) {
      return null;
    } finally {
      Database.execute(connection, "reset search_path");
      Database.execute(connection, "reset enable_seqscan");
    }
  }

  /** Indexes that nothing has used and that guard nothing, with their sizes. */
  List<String> unusedIndexes() throws SQLException {
    var unused = new ArrayList<String>();
    try (var query = connection.prepareStatement(UNUSED);
        var rows = query.executeQuery()) {
      while (rows.next()) unused.add(rows.getString(1) + " (" + rows.getString(2) + ")");
    }
    return unused;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
