package io.tapeline.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a {@code @QuarkusTest} the shared Kafka and PostgreSQL:
 *
 * <pre>{@code
 * @WithTestResource(
 *     value = StackResource.class,
 *     initArgs = @ResourceArg(name = "service", value = "order_service"))
 * }</pre>
 *
 * <p>{@code service} names the database user. {@code wipe=true} empties its schemas and every topic
 * first; without it a test sees what earlier classes of the same run left.
 */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
  private Map<String, String> arguments = Map.of();

  @Override
  public void init(Map<String, String> initArgs) {
    arguments = Map.copyOf(initArgs);
  }

  @Override
  public Map<String, String> start() {
    var stack = TestStack.shared();
    var user = arguments.getOrDefault("service", "ui_bridge");
    if (Boolean.parseBoolean(arguments.getOrDefault("wipe", "false"))) {
      wipe(stack, user);
    }
    var config = new HashMap<String, String>();
    config.put("kafka.bootstrap.servers", stack.bootstrapServers());
    config.put("quarkus.datasource.username", user);
    config.put("quarkus.datasource.password", stack.passwordOf(user));
    config.put("quarkus.datasource.jdbc.url", stack.jdbcUrl());
    config.put("quarkus.datasource.reactive.url", stack.reactiveUrl());
    config.put("tapeline.secret-file", stack.secretFile().toString());
    config.put("quarkus.http.test-port", "0");
    return config;
  }

  private static void wipe(TestStack stack, String user) {
    try {
      stack.wipeDatabase(user);
    } catch (SQLException e) {
      throw new IllegalStateException("the schemas of " + user + " could not be emptied", e);
    }
    stack.wipeTopics();
  }

  /** The stack is shared by the whole run and ends with the JVM. */
  @Override
  public void stop() {}
}
