package io.tapeline.positions.app;

import io.tapeline.contract.RiskEvent;
import io.tapeline.contract.RiskEventRecord;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.Drift;
import java.util.function.Consumer;

/** Tells what was committed, without waiting. */
public interface Teller {
  /**
   * Writes a row of an account.
   *
   * @param row as it goes onto the wire
   * @param settled hears whether it arrived
   */
  void send(String topic, String accountId, byte[] row, Consumer<Boolean> settled);

  /** Tells people that a venue sees a position otherwise. */
  void tell(AccountId accountId, Drift drift);

  /** Tells people of a tier that was reached. */
  void tell(RiskEventRecord line, RiskEvent.TierReached tier);
}
