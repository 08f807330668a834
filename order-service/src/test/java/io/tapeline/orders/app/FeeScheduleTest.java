package io.tapeline.orders.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.tapeline.model.AccountId;
import io.tapeline.model.Qty;
import io.tapeline.model.Symbol;
import io.tapeline.service.TapelineConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeeScheduleTest {
  private final FeeSchedule fees =
      new FeeSchedule(
          new SmallRyeConfigBuilder()
              .withMapping(TapelineConfig.class)
              .withDefaultValues(
                  Map.of(
                      "tapeline.secret-file", "secret",
                      "tapeline.accounts.\"PAYS\".venue", "sim",
                      "tapeline.accounts.\"PAYS\".fees.ES.exchange", "1.38",
                      "tapeline.accounts.\"PAYS\".fees.ES.commission", "0.85",
                      "tapeline.accounts.\"PAYS\".fees.ESM4.commission", "0.5",
                      "tapeline.accounts.\"PAYS\".fees.default.commission", "1.005",
                      "tapeline.accounts.\"FREE\".venue", "sim"))
              .build()
              .getConfigMapping(TapelineConfig.class));

  @Test
  void theFeeOfAContractIsThatOfItsProductAndOfEveryLot() {
    assertThat(fee("PAYS", "ESH4", 3)).isEqualTo("6.69");
  }

  @Test
  void aContractMayHaveAFeeOfItsOwnAndWhatIsNotNamedTheDefault() {
    assertThat(fee("PAYS", "ESM4", 2)).isEqualTo("1.0");
    assertThat(fee("PAYS", "ZNH4", 3)).isEqualTo("3.015");
  }

  @Test
  void nothingIsKnownOfAnAccountWithoutASchedule() {
    assertThat(fees.of(new AccountId("FREE"), new Symbol("ESH4"), new Qty(1))).isNull();
    assertThat(fees.of(new AccountId("GONE"), new Symbol("ESH4"), new Qty(1))).isNull();
  }

  private String fee(String account, String symbol, long lots) {
    return String.valueOf(fees.of(new AccountId(account), new Symbol(symbol), new Qty(lots)));
  }
}
