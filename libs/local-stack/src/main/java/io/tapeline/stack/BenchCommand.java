package io.tapeline.stack;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measurements of a whole desk, from outside. */
@Command(
    name = "bench",
    description = "Measure the desk.",
    subcommands = {BenchCommand.Orders.class, BenchCommand.Startup.class, BenchCommand.All.class})
final class BenchCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new StackException("What is to be measured? See ./tapeline help.");
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

  /** How soon a desk is there, and what it has in memory. */
  @Command(
      name = "startup",
      sortOptions = false,
      description =
          "Measure how soon the four services are ready, with and without their caches, and what they have in memory after some orders.")
  static final class Startup implements Callable<Integer> {
    @Mixin private StartBench.Options options = new StartBench.Options();

    @Override
    public Integer call() throws IOException {
      options.check();
      return new StartBench(options).run() ? 0 : 1;
    }
  }

  /** One after the other, so that none disturbs another. */
  @Command(
      name = "all",
      sortOptions = false,
      description =
          "Run every bench, or those that are named, and write target/bench/report.md, .json and .svg.")
  static final class All implements Callable<Integer> {
    @Parameters(paramLabel = "PART", description = "Which (default: all).")
    private List<String> parts = List.of();

    @Option(names = "--quick", description = "Short runs: to see that all of it works.")
    private boolean quick;

    @Override
    public Integer call() throws IOException {
      return new AllBenches(parts, quick).run() ? 0 : 1;
    }
  }
}
