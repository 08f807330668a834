package io.tapeline.positions.app;

import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.Delivery;
import java.util.function.Consumer;

/** The journal of an account as the tape has it, from its beginning to its present end. */
public interface TapeHistory {
  /** Hands over every record of the account, in order. Blocks. */
  void read(AccountId accountId, Consumer<Delivery> reader);
}
