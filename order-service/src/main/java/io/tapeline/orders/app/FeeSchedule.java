package io.tapeline.orders.app;

import io.tapeline.model.AccountId;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.service.TapelineConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an execution costs where the venue's report does not say. It is asked once, before the fill
 * is journaled: what stands on the tape is what was charged, whatever the schedule says later.
 */
@ApplicationScoped
public class FeeSchedule {
  private static final String OTHERWISE = "default";

  private final Map<AccountId, Map<String, BigDecimal>> perLot = new HashMap<>();

  @Inject
  FeeSchedule(TapelineConfig config) {
    config
        .accounts()
        .forEach(
            (id, account) -> {
              var ofAccount = new HashMap<String, BigDecimal>();
              account
                  .fees()
                  .forEach(
                      (name, fee) -> ofAccount.put(name, fee.exchange().add(fee.commission())));
              perLot.put(new AccountId(id), ofAccount);
            });
  }

  /** Exact, in the contract's currency; null where nothing is charged that is known here. */
  public @Nullable BigDecimal of(AccountId account, Symbol symbol, Qty qty) {
    var ofAccount = perLot.getOrDefault(account, Map.of());
    for (var name : new String[] {symbol.value(), symbol.root(), OTHERWISE}) {
      var fee = ofAccount.get(name);
      if (fee != null) return fee.multiply(BigDecimal.valueOf(qty.lots()));
    }
    return null;
  }
}
