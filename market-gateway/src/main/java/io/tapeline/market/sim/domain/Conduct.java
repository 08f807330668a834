package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Qty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an exchange treats its customers beyond the rules: properly, or as one that is practised on.
 * An answer depends on what is asked and on nothing before, so that the same orders are treated
 * alike in every run.
 */
public interface Conduct {
  /** By the rules. */
  Conduct PROPER =
      new Conduct() {
        @Override
        public @Nullable Refusal refuses(AccountId account, ClOrdId clOrdId, long requestNo) {
          return null;
        }

        @Override
        public List<Long> pieces(AccountId account, ClOrdId clOrdId, Qty cumQty, long lots) {
          return List.of(lots);
        }

        @Override
        public long fillsBeforeCancel(AccountId account, ClOrdId clOrdId, Qty leavesQty) {
          return 0;
        }

        @Override
        public Afterwards afterwards(Filled fill) {
          return new Afterwards.Stands();
        }
      };

  /** Why a request is refused that nothing is wrong with; null where it is not. */
  @Nullable Refusal refuses(AccountId account, ClOrdId clOrdId, long requestNo);

  /** Into which executions a trade falls; their sum is the trade's. */
  List<Long> pieces(AccountId account, ClOrdId clOrdId, Qty cumQty, long lots);

  /** How many lots trade just before a cancel arrives. */
  long fillsBeforeCancel(AccountId account, ClOrdId clOrdId, Qty leavesQty);

  /** What becomes of an execution later. */
  Afterwards afterwards(Filled fill);

  /** What becomes of an execution. */
  sealed interface Afterwards {
    record Stands() implements Afterwards {}

    record Busted(Duration after) implements Afterwards {}

    record Corrected(Duration after, long byTicks) implements Afterwards {}
  }
}
