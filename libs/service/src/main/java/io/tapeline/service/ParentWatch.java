package io.tapeline.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/** Stops the service in order when the launcher that started it is gone, however that ended. */
@ApplicationScoped
class ParentWatch {
  private static final Logger LOG = Logger.getLogger(ParentWatch.class);

  private final OptionalLong parent;

  @Inject
  ParentWatch(TapelineConfig config) {
    parent = config.parentPid();
  }

  void watch(@Observes StartupEvent start) {
    if (parent.isEmpty()) return;
    var launcher = ProcessHandle.of(parent.getAsLong());
    if (launcher.isEmpty()) {
      stop();
      return;
    }
    var _ = launcher.get().onExit().thenRun(ParentWatch::stop);
  }

  private static void stop() {
    LOG.warn("the launcher is gone: stopping");
    Quarkus.asyncExit(0);
  }
}
