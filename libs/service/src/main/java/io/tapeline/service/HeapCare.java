package io.tapeline.service;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import javax.management.NotificationEmitter;

/**
 * The serial collector looks at its old generation only when that cannot grow any more: a service
 * that keeps a few megabytes would fill all it may have with what is long dead. So the old
 * generation is collected whenever it has grown by some megabytes, and by half of what lives in it,
 * for that is what a collection has to look at (ADR 0040).
 */
@ApplicationScoped
class HeapCare {
  private static final String OLD_OF_SERIAL = "Tenured Gen";
  private static final long FIRST = 40L << 20;
  private static final long GROWTH = 24L << 20;

  void start(@Observes StartupEvent start) {
    watch();
  }

  /** Other collectors care for themselves. */
  static void watch() {
    ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals(OLD_OF_SERIAL))
        .findFirst()
        .ifPresent(HeapCare::watch);
  }

  private static void watch(MemoryPoolMXBean old) {
    var memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    memory.addNotificationListener(
        (notification, _) -> {
          if (notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED))
            collect(old);
        },
        null,
        null);
    old.setUsageThreshold(next(FIRST - GROWTH, old.getUsage().getMax()));
  }

  private static void collect(MemoryPoolMXBean old) {
    System.gc();
    var left = old.getUsage();
    old.setUsageThreshold(next(left.getUsed(), left.getMax()));
  }

  /** Never beyond what there is: the collector itself is not far then. */
  static long next(long alive, long most) {
    return Math.min(Math.max(alive + Math.max(GROWTH, alive / 2), FIRST), most);
  }
}
