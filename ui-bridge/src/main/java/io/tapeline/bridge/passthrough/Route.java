package io.tapeline.bridge.passthrough;

import io.tapeline.bridge.inner.InnerService;
import io.tapeline.door.Scope;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes and what it takes.
 *
 * @param service who answers; null: the bridge itself does, once the caller may ask
 * @param label the path with its variable parts named, for metrics
 * @param account whose grant is needed; null: nobody's
 */
record Route(@Nullable InnerService service, String label, Scope scope, @Nullable String account) {
  private static final String ACCOUNTS = "/api/accounts";
  private static final String ALERTS = "/api/alerts";
  private static final Pattern ACCOUNT =
      Pattern.compile("/api/accounts/([A-Za-z0-9_-]{1,36})((?:/.*)?)");

  private static final Set<String> FOR_ADMINS =
      Set.of(
          "/orders/{id}/resolve",
          "/release",
          "/repair",
          "/adjustments",
          "/reset",
          "/api/venues",
          "/api/verify",
          "/api/bars/check");

  private record Rule(Pattern rest, @Nullable InnerService service, String label) {
    Rule(String rest, @Nullable InnerService service, String label) {
      this(Pattern.compile(rest), service, label);
    }
  }

  /** In this order; what matches nothing does not exist. */
  private static final List<Rule> OF_AN_ACCOUNT =
      List.of(
          new Rule("", InnerService.POSITIONS, ""),
          new Rule(
              "/positions/[^/]+/(close|reverse|bracket)",
              InnerService.ORDERS,
              "/positions/{symbol}/{action}"),
          new Rule("/positions(/[^/]+)?", InnerService.POSITIONS, "/positions"),
          new Rule("/trades(\\.csv)?", InnerService.POSITIONS, "/trades"),
          new Rule("/equity", InnerService.POSITIONS, "/equity"),
          new Rule("/limits", InnerService.POSITIONS, "/limits"),
          new Rule("/risk-rules(/[^/]+)?", InnerService.POSITIONS, "/risk-rules"),
          new Rule("/what-if", InnerService.POSITIONS, "/what-if"),
          new Rule("/risk-events", InnerService.POSITIONS, "/risk-events"),
          new Rule("/drift", InnerService.POSITIONS, "/drift"),
          new Rule("/no-lost-fill", InnerService.POSITIONS, "/no-lost-fill"),
          new Rule("/repair", InnerService.POSITIONS, "/repair"),
          new Rule("/adjustments", InnerService.POSITIONS, "/adjustments"),
          new Rule("/reset", InnerService.POSITIONS, "/reset"),
          new Rule("/fills\\.csv", InnerService.POSITIONS, "/fills.csv"),
          new Rule("/orders", InnerService.ORDERS, "/orders"),
          new Rule("/orders/[^/]+", InnerService.ORDERS, "/orders/{id}"),
          new Rule("/orders/[^/]+/history", InnerService.ORDERS, "/orders/{id}/history"),
          new Rule("/orders/[^/]+/evidence", InnerService.POSITIONS, "/orders/{id}/evidence"),
          new Rule("/orders/[^/]+/resolve", InnerService.ORDERS, "/orders/{id}/resolve"),
          new Rule("/fills", InnerService.ORDERS, "/fills"),
          new Rule("/flatten", InnerService.ORDERS, "/flatten"),
          new Rule("/cancel-all", InnerService.ORDERS, "/cancel-all"),
          new Rule("/trading-state", InnerService.ORDERS, "/trading-state"),
          new Rule("/commands/[^/]+", InnerService.ORDERS, "/commands/{id}"),
          new Rule("/notices", null, "/notices"),
          new Rule("/verify", InnerService.ORDERS, "/verify"),
          new Rule("/verify-fold", InnerService.POSITIONS, "/verify-fold"),
          new Rule("/release", InnerService.ORDERS, "/release"));

  private static final List<Rule> OF_THE_MARKET =
      List.of(
          new Rule("/api/instruments(/[^/]+)?", InnerService.MARKET, "/api/instruments"),
          new Rule("/api/quotes", InnerService.MARKET, "/api/quotes"),
          new Rule("/api/bars", InnerService.MARKET, "/api/bars"),
          new Rule("/api/bars/check", InnerService.MARKET, "/api/bars/check"),
          new Rule(ALERTS + "(/[^/]+)?", InnerService.MARKET, ALERTS),
          new Rule("/api/replay", InnerService.MARKET, "/api/replay"),
          new Rule("/api/verify", InnerService.POSITIONS, "/api/verify"),
          new Rule("/api/venues(/.*)?", InnerService.MARKET, "/api/venues"));

  /** The route of a call, by its normalised path; null where there is none. */
  static @Nullable Route of(String method, String path) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (path.equals(ACCOUNTS))
      return reads ? new Route(InnerService.POSITIONS, ACCOUNTS, Scope.READ, null) : null;
    var ofAccount = ACCOUNT.matcher(path);
    if (ofAccount.matches()) {
      var rest = ofAccount.group(2);
      for (var rule : OF_AN_ACCOUNT)
        if (rule.rest().matcher(rest).matches())
          return new Route(
              rule.service(),
              ACCOUNTS + "/{account}" + rule.label(),
              scope(reads, rule.label()),
              ofAccount.group(1));
      return null;
    }
    for (var rule : OF_THE_MARKET)
      if (rule.rest().matcher(path).matches())
        return new Route(rule.service(), rule.label(), scope(reads, rule.label()), null);
    return null;
  }

  private static Scope scope(boolean reads, String label) {
    if (reads || label.equals("/what-if") || label.equals(ALERTS)) return Scope.READ;
    return FOR_ADMINS.contains(label) ? Scope.ADMIN : Scope.TRADE;
  }

  /** Whether the bridge itself answers, once the caller may ask. */
  boolean isOurs() {
    return service == null;
  }

  InnerService inner() {
    return Objects.requireNonNull(service, label);
  }

  /** Whether everybody who may ask gets the same answer, which takes long to make. */
  boolean isHistory() {
    return label.equals("/api/bars");
  }

  /** Whether what is asked for belongs to the user, whatever way the user came in. */
  boolean isPersonal() {
    return label.equals(ALERTS);
  }

  boolean listsAccounts() {
    return label.equals(ACCOUNTS);
  }
}
