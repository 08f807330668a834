package io.tapeline.market.faults.domain;

import io.tapeline.market.exchange.domain.ExchangeEvent.Filled;
import io.tapeline.market.sim.domain.Conduct;
import io.tapeline.market.sim.domain.Refusal;
import io.tapeline.model.AccountId;
import io.tapeline.model.ClOrdId;
import io.tapeline.model.Qty;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What of a profile the exchange itself does: refuses, cuts, takes back. */
public final class FaultyConduct implements Conduct {
  private final FaultProfile profile;
  private final Consumer<String> counted;
  private final FaultDice dice;

  /**
   * The conduct of a profile.
   *
   * @param counted told every fault that happened, by name
   */
  public FaultyConduct(FaultProfile profile, Consumer<String> counted) {
    this.profile = profile;
    this.counted = counted;
    this.dice = new FaultDice(profile.seed());
  }

  @Override
  public @Nullable Refusal refuses(AccountId account, ClOrdId clOrdId, long requestNo) {
    if (!dice.happens(profile.reject(), "reject", account, clOrdId, requestNo)) return null;
    counted.accept("reject");
    var codes = profile.rejectCodes();
    int which = dice.below(codes.size(), "code", account, clOrdId, requestNo);
    return new Refusal(codes.get(which), "refused for practice");
  }

  @Override
  public List<Long> pieces(AccountId account, ClOrdId clOrdId, Qty cumQty, long lots) {
    if (lots < 2 || !dice.happens(profile.partialFills(), "pieces", account, clOrdId, cumQty))
      return List.of(lots);
    counted.accept("partial-fill");
    long first =
        1L + dice.below((int) Math.min(lots - 1, 1_000), "first", account, clOrdId, cumQty);
    return List.of(first, lots - first);
  }

  @Override
  public long fillsBeforeCancel(AccountId account, ClOrdId clOrdId, Qty leavesQty) {
    if (!dice.happens(profile.lateFill(), "late", account, clOrdId)) return 0;
    counted.accept("fill-before-cancel");
    return 1L + dice.below((int) Math.min(leavesQty.lots(), 1_000), "lots", account, clOrdId);
  }

  @Override
  public Afterwards afterwards(Filled fill) {
    if (dice.happens(profile.bust(), "bust", fill.account(), fill.execId())) {
      counted.accept("bust");
      return new Afterwards.Busted(profile.reviewAfter());
    }
    if (dice.happens(profile.correct(), "correct", fill.account(), fill.execId())) {
      counted.accept("correction");
      return new Afterwards.Corrected(
          profile.reviewAfter(), dice.below(2, "way", fill.account(), fill.execId()) == 0 ? 1 : -1);
    }
    return new Afterwards.Stands();
  }
}
