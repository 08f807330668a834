package io.tapeline.bridge.fanout.app;

import io.tapeline.contract.MarketStatusRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the venues said of themselves last. */
@ApplicationScoped
public class Market {
  private final ConcurrentMap<String, Boolean> reconciled = new ConcurrentHashMap<>();

  public void heard(MarketStatusRow row) {
    if (row.symbol() == null) reconciled.put(row.venue(), Boolean.TRUE.equals(row.reconciled()));
  }

  /** Whether that venue has been compared with our books since its session opened. */
  public boolean isReconciled(String venue) {
    return reconciled.getOrDefault(venue, false);
  }
}
