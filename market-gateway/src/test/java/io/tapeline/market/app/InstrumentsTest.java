package io.tapeline.market.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.market.catalogue.CatalogueReader;
import io.tapeline.market.catalogue.Contract;
import io.tapeline.model.Symbol;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstrumentsTest {
  private final Instruments instruments =
      new Instruments(CatalogueReader.packaged(), "sim", LocalDate.of(2026, 3, 11));

  @Test
  void onTheRollDayTheNextContractIsInFrontWithoutARestart() {
    assertThat(front("ES")).isEqualTo("ESH6");
    assertThat(instruments.roll(LocalDate.of(2026, 3, 12)).fronts()).contains(new Symbol("ESM6"));
    assertThat(front("ES")).isEqualTo("ESM6");
  }

  @Test
  void whatRolledCanStillBeTradedUntilItExpires() {
    var _ = instruments.roll(LocalDate.of(2026, 3, 12));
    assertThat(traded("ES")).containsExactly("ESH6", "ESM6");
    var roll = instruments.roll(LocalDate.of(2026, 3, 21));
    assertThat(roll.expired()).contains(new Symbol("ESH6"));
    assertThat(traded("ES")).containsExactly("ESM6");
    assertThat(instruments.contract(new Symbol("ESH6"))).isEmpty();
  }

  @Test
  void theSameDayAgainChangesNothing() {
    assertThat(instruments.roll(LocalDate.of(2026, 3, 11)).isNothing()).isTrue();
  }

  @Test
  void aContractThatARecordingNamesStays() {
    instruments.addRecorded(new Symbol("ESH4"), LocalDate.of(2023, 12, 25));
    var roll = instruments.roll(LocalDate.of(2026, 3, 21));
    assertThat(roll.expired()).doesNotContain(new Symbol("ESH4"));
    assertThat(front("ES")).isEqualTo("ESH4");
  }

  private String front(String root) {
    return instruments.fronts(List.of(root)).getFirst().symbol().value();
  }

  private List<String> traded(String root) {
    return instruments.traded(List.of(root)).stream()
        .map(Contract::symbol)
        .map(Symbol::value)
        .toList();
  }
}
