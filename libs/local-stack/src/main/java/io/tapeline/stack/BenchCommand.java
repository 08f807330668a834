package io.tapeline.stack;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measurements of a whole desk, from outside. */
@Command(name = "bench", description = "Measure the desk.", subcommands = BenchCommand.Orders.class)
final class BenchCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new StackException("What is to be measured? See ./tapeline bench orders --help.");
  }

  /** How fast an order is taken: click to durable answer. */
  @Command(
      name = "orders",
      sortOptions = false,
      description =
          "Measure the way of an order, from the click to the answer after the commit, beside a plain client that inserts rows into the same PostgreSQL.")
  static final class Orders implements Callable<Integer> {
    @Mixin private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() throws SQLException {
      options.check();
      try (var desk =
          options.data == null
              ? BenchedDesk.start(options.accounts)
              : BenchedDesk.running(options.data)) {
        return new Bench(desk, options).run() ? 0 : 1;
      }
    }
  }
}
