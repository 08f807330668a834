package io.tapeline.stack;

import io.tapeline.door.InstallationSecret;
import io.tapeline.door.MetricsToken;
import io.tapeline.door.Scope;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints a token for scripts, and nothing else. */
@Command(
    name = "token",
    sortOptions = false,
    description = "Print a token for scripts (the desk must be running).")
final class TokenCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String METRICS = "metrics";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data directory of the running desk (default: $$TAPELINE_DATA or ~/.tapeline).")
  private @Nullable Path data;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where ui-bridge of another installation is; with --secret.")
  private @Nullable URI url;

  @Option(
      names = "--secret",
      paramLabel = "FILE",
      description = "The file with that installation's secret.")
  private @Nullable Path secret;

  @Option(
      names = "--scope",
      paramLabel = "read|trade|admin|metrics",
      description =
          "How far the token goes (default: trade). The one for metrics is for Prometheus: it is always the same and needs no running desk.")
  private String scope = "trade";

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How long it is good for (default: 30).")
  private int days = 30;

  @Option(names = "--name", paramLabel = "NAME", description = "What it is called in lists.")
  private String name = "command line";

  @Override
  public Integer call() {
    if (scope.equals(METRICS)) {
      System.out.println(forMetrics());
      return 0;
    }
    if (days < 1) {
      throw new StackException("--days is at least 1.");
    }
    var bridge = bridge();
    var answer =
        bridge.post(
            "/api/tokens", Map.of("name", name, "scope", checked(scope).label(), "days", days));
    var token = answer.body().path("token").asText("");
    if (!answer.isSuccess() || token.isEmpty()) {
      throw new StackException("ui-bridge gave no token: " + answer.complaint() + ".");
    }
    System.out.println(token);
    return 0;
  }

  private String forMetrics() {
    var root = data == null ? RunOptions.defaultData() : data;
    var file = secret == null ? root.resolve("secret") : secret;
    try {
      return MetricsToken.of(InstallationSecret.read(file));
    } catch (IOException e) {
      throw new StackException("The installation's secret cannot be read: " + e + ".", e);
    }
  }

  private BridgeClient bridge() {
    if (url == null && secret == null) return RunningDesk.bridge(data, LIMIT);
    if (url == null || secret == null || data != null) {
      throw new StackException("--url and --secret go together, and instead of --data.");
    }
    return new BridgeClient(url, secret, LIMIT);
  }

  private static Scope checked(String scope) {
    try {
      return Scope.of(scope);
    } catch (IllegalArgumentException e) {
      throw new StackException("--scope is read, trade, admin or metrics; not " + scope + ".", e);
    }
  }
}
