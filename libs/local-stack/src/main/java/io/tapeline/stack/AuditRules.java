package io.tapeline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the design says of statements, and which of those that were seen break it. */
final class AuditRules {
  /** Tables that do not grow with trading, by schema, and why. All others do. */
  static final Map<String, Set<String>> BOUNDED =
      Map.of(
          // one row per venue, account, contract, or request whose answer is open
          "market_gateway",
          Set.of(
              "lease", "consumed", "quarantine", "doubt", "reconciled", "bar_tape", "bar_progress"),
          "venue_sim",
          Set.of("last_price", "held", "run"),
          // one row per partition or account
          "order_service",
          Set.of("account_partition", "account_quarantine", "relay_mark", "account_snapshot"),
          // and one per commit whose round trips Kafka has not yet
          "position_service",
          Set.of("account_fold", "position", "trade_telling"),
          // what users and their browsers are
          "ui_bridge",
          Set.of(
              "desk_user",
              "account_grant",
              "sign_in_link",
              "desk_session",
              "api_token",
              "setting",
              "presence"));

  /**
   * Orders are decided on what is in memory: a read for every tenth would already be another
   * design.
   */
  private static final int ORDERS_PER_READ = 10;

  private static final Pattern READ =
      Pattern.compile("\\s*(select|with)\\b", Pattern.CASE_INSENSITIVE);

  /** What a statement that begins as a read may do all the same. */
  private static final Pattern WRITE =
      Pattern.compile("\\b(insert into|update|delete from)\\b", Pattern.CASE_INSENSITIVE);

  /** One account at a time is folded there for a comparison, read whole, and dropped. */
  static final String SHADOW = "position_service_shadow";

  private AuditRules() {}

  /**
   * A statement as PostgreSQL counted it.
   *
   * @param id its number there
   * @param owner the user it ran as
   * @param blocks of tables and indexes that it looked at, in all calls
   * @param plan null where it has none, or could not be told
   */
  record Statement(
      long id,
      String owner,
      String text,
      long calls,
      double meanMillis,
      double maxMillis,
      double deviationMillis,
      long rows,
      long blocks,
      long walBytes,
      @Nullable JsonNode plan) {
    boolean reads() {
      return READ.matcher(text).lookingAt() && !WRITE.matcher(text).find();
    }
  }

  /** What is wrong, one line each; nothing where all is as it should be. */
  static List<String> findings(List<Statement> statements, long orders) {
    var found = new ArrayList<String>();
    for (var one : statements) {
      if (!Database.USERS.contains(one.owner()))
        found.add("no service owns it (" + one.owner() + "): " + shortened(one.text()));
      for (var table : scanned(one.plan()))
        found.add("scans the growing table " + table + " from end to end: " + named(one));
      if (one.owner().equals("order_service")
          && one.reads()
          && one.calls() * ORDERS_PER_READ > orders)
        found.add(
            "reads while orders are decided, %d times for %d orders: %s"
                .formatted(one.calls(), orders, named(one)));
    }
    return found;
  }

  private static String named(Statement one) {
    return one.owner() + ": " + shortened(one.text());
  }

  static String shortened(String text) {
    var line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= 140 ? line : line.substring(0, 139) + "…";
  }

  /** Growing tables that a plan reads from end to end. */
  static List<String> scanned(@Nullable JsonNode plan) {
    var tables = new ArrayList<String>();
    if (plan != null) collect(plan, tables);
    return tables;
  }

  private static void collect(JsonNode node, List<String> into) {
    if (node.path("Node Type").asText().equals("Seq Scan")) {
      var schema = node.path("Schema").asText();
      var table = node.path("Relation Name").asText();
      if (Database.SCHEMAS_BY_USER.values().stream().anyMatch(all -> all.contains(schema))
          && !schema.equals(SHADOW)
          && !BOUNDED.getOrDefault(schema, Set.of()).contains(table))
        into.add(schema + '.' + table);
    }
    for (var child : node) if (child.isContainerNode()) collect(child, into);
  }

  /** The kinds of nodes of a plan, outermost first. */
  static String outline(@Nullable JsonNode plan) {
    if (plan == null) return "not told";
    var kinds = new ArrayList<String>();
    outline(plan, kinds);
    return String.join(" < ", kinds);
  }

  private static void outline(JsonNode node, List<String> into) {
    var kind = node.path("Node Type").asText("");
    if (!kind.isEmpty()) {
      var on = node.path("Index Name").asText(node.path("Relation Name").asText(""));
      into.add(on.isEmpty() ? kind : kind + ' ' + on);
    }
    for (var child : node) if (child.isContainerNode()) outline(child, into);
  }
}
