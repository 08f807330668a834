package io.tapeline.positions.app;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.AccountFold;
import io.tapeline.positions.domain.Delivery.Line;
import io.tapeline.positions.domain.Executions;
import io.tapeline.positions.domain.Step.Advanced;
import io.tapeline.positions.domain.Step.Contradicted;
import io.tapeline.positions.domain.Step.Gap;
import io.tapeline.positions.domain.Step.Repeated;
import io.tapeline.positions.domain.Step.Reversed;
import io.tapeline.positions.domain.TapeLine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** Accounts as they were, folded again from the tape up to an instant of the service clock. */
@ApplicationScoped
public class PastStates {
  private final TapeHistory tape;

  @Inject
  PastStates(TapeHistory tape) {
    this.tape = tape;
  }

  /** What was folded by then; the lines of that very instant included. */
  public Uni<AccountFold> at(AccountId accountId, Instant asOf) {
    return Uni.createFrom()
        .item(() -> fold(accountId, asOf))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private AccountFold fold(AccountId accountId, Instant asOf) {
    var past = new Past(AccountFold.empty(accountId));
    tape.readWhile(
        accountId,
        delivery ->
            !(delivery instanceof Line(_, _, var line))
                || (!line.at().isAfter(asOf) && past.take(line)));
    return past.fold;
  }

  private static final class Past {
    private final Executions executions = new Executions();
    private AccountFold fold;

    Past(AccountFold fold) {
      this.fold = fold;
    }

    /** False where the journal cannot be followed any further. */
    boolean take(TapeLine line) {
      switch (fold.step(line, executions)) {
        case Repeated _ -> {}
        case Advanced(var after, var fill, _) -> {
          fold = after;
          if (fill != null) executions.add(fill);
        }
        case Reversed(var after, var old, var instead, _, _) -> {
          fold = after;
          executions.remove(old);
          if (instead != null) executions.add(instead);
        }
        case Gap _, Contradicted _ -> {
          return false;
        }
      }
      return true;
    }
  }
}
