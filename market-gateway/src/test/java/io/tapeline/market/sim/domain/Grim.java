package io.tapeline.market.sim.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Qty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts trades as told, annuls the first execution of each order, fills two lots before a cancel.
 */
record Grim(List<Long> pieces) implements Conduct {
  @Override
  public @Nullable Refusal refuses(AccountId account, ClOrdId clOrdId, long requestNo) {
    return null;
  }

  @Override
  public List<Long> pieces(AccountId account, ClOrdId clOrdId, Qty cumQty, long lots) {
    boolean fits = pieces.stream().mapToLong(Long::longValue).sum() == lots;
    return fits ? pieces : List.of(lots);
  }

  @Override
  public long fillsBeforeCancel(AccountId account, ClOrdId clOrdId, Qty leavesQty) {
    return 2;
  }

  @Override
  public Afterwards afterwards(Filled fill) {
    return fill.execId().value().equals("S5-1")
        ? new Afterwards.Busted(Duration.ofSeconds(1))
        : new Afterwards.Stands();
  }
}
