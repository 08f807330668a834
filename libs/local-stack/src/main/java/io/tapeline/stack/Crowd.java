package io.tapeline.stack;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of accounts that were never there beside those of the ones that traded: copies under other
 * names, so that tables are as large as after months, and plans are those of large tables.
 */
final class Crowd {
  /**
   * The columns of every table that is an account's, as written and as copied; identities apart.
   */
  private static final String TABLES =
      """
      select n.nspname, c.relname,
             string_agg(quote_ident(a.attname), ', ' order by a.attnum),
             string_agg(case a.attname when 'account_id' then 't.account_id || ''~'' || g' else 't.' || quote_ident(a.attname) end,
                        ', ' order by a.attnum)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
       where c.relkind = 'r' and n.nspname = any(?) and a.attnum > 0 and not a.attisdropped
         and a.attidentity = '' and a.attgenerated = ''
       group by 1, 2 having bool_or(a.attname = 'account_id') order by 1, 2""";

  private Crowd() {}

  /** How many rows of each growing table there are now. */
  static Map<String, Long> gather(Database database, int copies) throws SQLException {
    var rows = new TreeMap<String, Long>();
    try (var connection = database.connect()) {
      // copies name accounts that no other table need know
      Database.execute(connection, "set session_replication_role = replica");
      for (var table : tables(connection)) rows.put(table.name(), copy(connection, table, copies));
      Database.execute(connection, "vacuum analyze");
    }
    return rows;
  }

  private record Table(String schema, String relation, String columns, String copied) {
    String name() {
      return schema + '.' + relation;
    }
  }

  private static List<Table> tables(Connection connection) throws SQLException {
    var schemas =
        Database.SCHEMAS_BY_USER.values().stream()
            .flatMap(List::stream)
            .filter(schema -> !schema.equals(AuditRules.SHADOW))
            .toArray();
    try (var query = connection.prepareStatement(TABLES)) {
      query.setArray(1, connection.createArrayOf("text", schemas));
      try (var found = query.executeQuery()) {
        var tables = new ArrayList<Table>();
        while (found.next())
          tables.add(
              new Table(
                  found.getString(1), found.getString(2), found.getString(3), found.getString(4)));
        return tables;
      }
    }
  }

  private static long copy(Connection connection, Table table, int copies) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(
          "insert into %1$s (%2$s) select %3$s from %1$s t, generate_series(1, %4$d) g on conflict do nothing"
              .formatted(table.name(), table.columns(), table.copied(), copies));
      try (var count = statement.executeQuery("select count(*) from " + table.name())) {
        count.next();
        return count.getLong(1);
      }
    }
  }
}
