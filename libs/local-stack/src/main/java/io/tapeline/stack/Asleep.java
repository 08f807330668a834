package io.tapeline.stack;

import java.io.IOException;
import java.util.List;

/** Processes that get no turn until this is closed, as after {@code kill -STOP}. */
final class Asleep implements AutoCloseable {
  private final List<ProcessHandle> processes;

  Asleep(List<ProcessHandle> processes) {
    this.processes = processes;
    signal("-STOP");
  }

  @Override
  public void close() {
    signal("-CONT");
  }

  private void signal(String name) {
    for (var process : processes) {
      try {
        var _ = new ProcessBuilder("kill", name, "" + process.pid()).start().waitFor();
      } catch (IOException e) {
        throw new StackException("kill " + name + " " + process.pid() + " failed: " + e + ".", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StackException("interrupted", e);
      }
    }
  }
}
