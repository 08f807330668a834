package io.tapeline.positions.app;

import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.Delivery;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The journal of an account as the tape has it, from its beginning to its present end. */
public interface TapeHistory {
  /** Hands over every record of the account, in order. Blocks. */
  default void read(AccountId accountId, Consumer<Delivery> reader) {
    readWhile(
        accountId,
        delivery -> {
          reader.accept(delivery);
          return true;
        });
  }

  /** Hands over the records of the account, in order, until the reader has seen enough. Blocks. */
  void readWhile(AccountId accountId, Predicate<Delivery> reader);

  /** Hands over the id of every execution the venue reported of the account. Blocks. */
  void reportedExecutions(AccountId accountId, Consumer<String> reader);
}
