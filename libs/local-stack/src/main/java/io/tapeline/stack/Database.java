package io.tapeline.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The one database of an installation: who may log in and which schema is whose.
 *
 * @param host where PostgreSQL listens
 * @param admin a user that may create roles and databases
 */
public record Database(String host, int port, String admin, String adminPassword) {
  public static final String NAME = "tapeline";
  static final String INSTALLATION_SCHEMA = "installation";

  /** Each service is its own user and sees only its own schemas; the first is its search path. */
  public static final Map<String, List<String>> SCHEMAS_BY_USER =
      Map.of(
          "market_gateway", List.of("market_gateway", "venue_sim"),
          "order_service", List.of("order_service"),
          "position_service", List.of("position_service", "position_service_shadow"),
          "ui_bridge", List.of("ui_bridge"));

  public static final List<String> USERS = SCHEMAS_BY_USER.keySet().stream().sorted().toList();

  public String jdbcUrl() {
    return jdbcUrl(NAME);
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  public String reactiveUrl() {
    return "postgresql://" + host + ":" + port + "/" + NAME;
  }

  public Connection connect() throws SQLException {
    return connect(NAME);
  }

  Connection connect(String database) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", admin);
    properties.setProperty("password", adminPassword);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("ApplicationName", "tapeline-launcher");
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  /** Creates what is missing and sets the passwords again; safe to repeat. */
  public void provision(Passwords passwords) throws SQLException {
    try (var maintenance = connect("postgres")) {
      if (isMissing(maintenance, "select 1 from pg_database where datname = ?", NAME)) {
        execute(maintenance, "create database " + NAME);
      }
    }
    try (var connection = connect()) {
      execute(connection, "revoke all on database " + NAME + " from public");
      execute(connection, "revoke all on schema public from public");
      for (var user : USERS) {
        if (isMissing(connection, "select 1 from pg_roles where rolname = ?", user)) {
          execute(connection, "create role " + user + " login");
        }
        // Our own alphabet (base64url), so nothing in it needs quoting.
        execute(connection, "alter role " + user + " password '" + passwords.of(user) + "'");
        execute(connection, "grant connect on database " + NAME + " to " + user);
        var schemas = SCHEMAS_BY_USER.getOrDefault(user, List.of());
        for (var schema : schemas) {
          // Membership lets an admin who is no superuser give the schema away.
          if (isMissing(connection, "select 1 from pg_namespace where nspname = ?", schema)) {
            execute(connection, "grant " + user + " to current_user");
            execute(connection, "create schema " + schema + " authorization " + user);
          }
        }
        execute(
            connection,
            "alter role " + user + " in database " + NAME + " set search_path = " + schemas.get(0));
      }
    }
  }

  /** What PostgreSQL says, on one line. */
  static String reason(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private static boolean isMissing(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return !rows.next();
      }
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
