package io.tapeline.stack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code ./tapeline bench orders} can be told. */
final class BenchOptions {
  @Option(names = "--rate", paramLabel = "N", description = "Orders a second (default: 100).")
  int rate = 100;

  @Option(names = "--seconds", paramLabel = "N", description = "Length of a run (default: 20).")
  int seconds = 20;

  @Option(names = "--runs", paramLabel = "N", description = "Runs at that rate (default: 3).")
  int runs = 3;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Accounts the orders are spread over (default: 20).")
  int accounts = 20;

  @Option(
      names = "--sustained",
      paramLabel = "N",
      description = "Then one run at so many orders a second; 0: none (default: 1000).")
  int sustained = 1000;

  @Option(
      names = "--saturation",
      paramLabel = "N",
      description =
          "Then so many seconds as fast as it goes, and as long each of a plain client that inserts rows; 0: none (default: 8).")
  int saturation = 8;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections that send orders (default: 128).")
  int connections = 128;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Seconds before anything counts (default: 30).")
  int warmUp = 30;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Use the desk that runs on this directory, and its practice accounts (default: a desk of its own, removed afterwards).")
  @Nullable Path data;

  void check() {
    if (rate < 1 || seconds < 1 || runs < 0 || connections < 1 || sustained < 0 || saturation < 0)
      throw new StackException("The numbers of a bench are positive.");
    if (accounts < 1 || accounts > 99) throw new StackException("--accounts is from 1 to 99.");
  }
}
