package io.tapeline.stack;

import io.tapeline.door.Scope;
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

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data directory of the running desk (default: $$TAPELINE_DATA or ~/.tapeline).")
  private @Nullable Path data;

  @Option(
      names = "--scope",
      paramLabel = "read|trade|admin",
      description = "How far the token goes (default: trade).")
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
    if (days < 1) {
      throw new StackException("--days is at least 1.");
    }
    var bridge = RunningDesk.bridge(data, LIMIT);
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

  private static Scope checked(String scope) {
    try {
      return Scope.of(scope);
    } catch (IllegalArgumentException e) {
      throw new StackException("--scope is read, trade or admin; not " + scope + ".", e);
    }
  }
}
