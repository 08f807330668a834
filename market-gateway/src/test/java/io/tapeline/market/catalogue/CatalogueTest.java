package io.tapeline.market.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.model.Money;
import io.tapeline.model.Symbol;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private final Catalogue catalogue = CatalogueReader.packaged();

  @Nested
  class Numbers {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
      "ES, 0.25, 12.50, XCME, 50",
      "MES, 0.25, 1.25, XCME, 5",
      "NQ, 0.25, 5, XCME, 20",
      "MNQ, 0.25, 0.50, XCME, 2",
      "RTY, 0.10, 5, XCME, 50",
      "M2K, 0.10, 0.50, XCME, 5",
      "YM, 1, 5, XCBT, 5",
      "MYM, 1, 0.50, XCBT, 0.5",
      "CL, 0.01, 10, XNYM, 1000",
      "MCL, 0.01, 1, XNYM, 100",
      "GC, 0.10, 10, XCEC, 100",
      "MGC, 0.10, 1, XCEC, 10",
      "SI, 0.005, 25, XCEC, 5000",
      "ZN, 0.015625, 15.625, XCBT, 1000",
      "ZB, 0.03125, 31.25, XCBT, 1000",
      "6E, 0.00005, 6.25, XCME, 125000",
    })
    void areTheExchanges(
        String root,
        BigDecimal tickSize,
        String tickValue,
        String exchange,
        BigDecimal multiplier) {
      var contract = catalogue.front(root, TODAY).orElseThrow();
      assertThat(contract.instrument().tickSize()).isEqualByComparingTo(tickSize);
      assertThat(contract.instrument().tickValue()).isEqualTo(Money.of(tickValue, "USD"));
      assertThat(contract.product().exchange()).isEqualTo(exchange);
      assertThat(contract.instrument().tickValue().amount())
          .isEqualByComparingTo(tickSize.multiply(multiplier));
    }

    @Test
    void everyContractCanBeListedOnThePracticeExchange() {
      assertThat(catalogue.contracts(TODAY))
          .allSatisfy(contract -> assertThat(contract.listing().startPx().ticks()).isPositive());
    }
  }

  @Nested
  class FrontMonth {
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
      "ES, 2026-11-22, ESZ6",
      "ES, 2026-12-09, ESZ6",
      "ES, 2026-12-10, ESH7",
      "ES, 2023-12-25, ESH4",
      "ZN, 2026-11-22, ZNZ6",
      "ZN, 2026-11-27, ZNH7",
      "GC, 2026-11-28, GCZ6",
      "GC, 2026-11-29, GCG7",
      "CL, 2026-11-22, CLF7",
      "6E, 2026-11-22, 6EZ6",
    })
    void isTheNearestThatHasNotRolled(String root, LocalDate today, String symbol) {
      assertThat(catalogue.front(root, today).orElseThrow().symbol()).hasToString(symbol);
    }

    @Test
    void aContractThatHasRolledIsStillThereUntilItExpires() {
      assertThat(symbols(LocalDate.of(2026, 12, 18))).contains("ESZ6", "ESH7", "ESM7");
      assertThat(symbols(LocalDate.of(2026, 12, 19))).doesNotContain("ESZ6");
    }

    @Test
    void thereIsExactlyOnePerRootOnEveryDayOfThreeYears() {
      for (var day = TODAY; day.isBefore(TODAY.plusYears(3)); day = day.plusDays(1)) {
        var contracts = catalogue.contracts(day);
        var fronts = new HashMap<String, Integer>();
        for (var contract : contracts)
          if (contract.front()) fronts.merge(contract.product().root(), 1, Integer::sum);
        assertThat(fronts).hasSize(16).allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
        assertThat(new HashSet<>(symbols(day))).hasSize(contracts.size());
      }
    }

    private List<String> symbols(LocalDate day) {
      return catalogue.contracts(day).stream().map(each -> each.symbol().value()).toList();
    }
  }

  @Nested
  class Recorded {
    @ParameterizedTest(name = "{0} recorded on {1} ended on {2}")
    @CsvSource({
      "ESH4, 2023-12-25, 2024-03-15",
      "ESU4, 2024-07-01, 2024-09-20",
      "ESH4, 2026-11-22, 2034-03-17",
      "ESH0, 2019-12-30, 2020-03-20",
      "CLF5, 2024-12-10, 2024-12-19",
      "GCV4, 2024-07-01, 2024-10-29",
    })
    void theYearIsTheFirstOfItsDigitThatWasNotOver(
        String symbol, LocalDate recorded, LocalDate expiry) {
      var contract = catalogue.forRecorded(new Symbol(symbol), recorded).orElseThrow();
      assertThat(contract.expiry()).isEqualTo(expiry);
      assertThat(contract.symbol()).hasToString(symbol);
    }

    @Test
    void hasTheNumbersOfItsRoot() {
      var contract = catalogue.forRecorded(new Symbol("ESH4"), LocalDate.of(2023, 12, 25));
      assertThat(contract.orElseThrow().instrument().tickValue())
          .isEqualTo(Money.of("12.5", "USD"));
    }

    @Test
    void anUnknownRootIsNotGuessed() {
      assertThat(catalogue.forRecorded(new Symbol("QQQH4"), TODAY)).isEmpty();
    }
  }

  @Test
  void aRootThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> catalogue.listings(List.of("ES", "XX"), TODAY))
        .hasMessage("no instrument XX in the catalogue");
  }

  @Test
  void aMistakeInTheFileNamesTheInstrument() {
    var yaml = "instruments:\n  - root: XX\n    description: no numbers\n";
    assertThatThrownBy(() -> CatalogueReader.read(new ByteArrayInputStream(yaml.getBytes(UTF_8))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("instrument XX: ");
  }
}
