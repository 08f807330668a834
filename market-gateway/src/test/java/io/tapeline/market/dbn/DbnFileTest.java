package io.tapeline.market.dbn;

import static io.tapeline.market.dbn.DbnWriter.MBO;
import static io.tapeline.market.dbn.DbnWriter.MBP_1;
import static io.tapeline.market.dbn.DbnWriter.TRADES;
import static io.tapeline.market.dbn.DbnWriter.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.market.replay.domain.RecordingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DbnFileTest {
  private static final long NOON = 1_703_505_600_000_000_000L;

  @TempDir Path dir;

  private static DbnWriter threeOrders(int version) {
    return new DbnWriter(version, MBO)
        .symbol("ESH4", 17077)
        .mbo(17077, NOON, 'A', 'B', 1, price("4800.25"), 3, 0)
        .mbo(17077, NOON + 1, 'A', 'A', 0xF000_0000_0000_0002L, price("4800.5"), 7, 128)
        .mbo(17077, NOON + 2, 'C', 'B', 1, price("4800.25"), 3, 130);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyVersionIsReadAlike(int version) throws IOException {
    var file = threeOrders(version).to(dir.resolve("v.dbn"));
    try (var records = DbnFile.open(file)) {
      assertThat(records.next()).isTrue();
      assertThat(records.symbol()).isEqualTo("ESH4");
      assertThat(records.instrumentId()).isEqualTo(17077);
      assertThat((char) records.action()).isEqualTo('A');
      assertThat((char) records.side()).isEqualTo('B');
      assertThat(records.orderId()).isEqualTo(1);
      assertThat(records.price()).isEqualTo(4_800_250_000_000L);
      assertThat(records.size()).isEqualTo(3);
      assertThat(records.tsRecv()).isEqualTo(NOON);
      assertThat(records.next()).isTrue();
      assertThat(records.flags()).isEqualTo(128);
      assertThat(records.orderId()).isEqualTo(0xF000_0000_0000_0002L);
      assertThat(records.next()).isTrue();
      assertThat(records.next()).isFalse();
      assertThat(records.next()).isFalse();
    }
  }

  @Test
  void plainAndCompressedFilesAreToldApartByTheirBytes() throws IOException {
    var plain = Files.write(dir.resolve("plain"), threeOrders(1).bytes());
    var compressed = Files.write(dir.resolve("compressed"), threeOrders(1).zstd());
    assertThat(DbnFile.check(plain)).isEqualTo(3);
    assertThat(DbnFile.check(compressed)).isEqualTo(3);
  }

  @Test
  void theHeaderIsDescribed() throws IOException {
    var about = DbnFile.describe(threeOrders(2).to(dir.resolve("a.dbn.zst")));
    assertThat(about.version()).isEqualTo(2);
    assertThat(about.dataset()).isEqualTo("TEST.SET");
    assertThat(about.kind()).isEqualTo(RecordingKind.MBO);
    assertThat(about.symbols()).isEqualTo(Set.of("ESH4"));
    assertThat(about.start()).isEqualTo(Instant.parse("2023-12-25T00:00:00Z"));
    assertThat(about.end()).isEmpty();
  }

  @Test
  void topOfBookAndTradesAreRead() throws IOException {
    var quotes =
        new DbnWriter(1, MBP_1)
            .symbol("ESU4", 118)
            .mbp1(118, NOON, 'A', 'B', price("1"), 2, 130, price("1"), DbnWriter.noPrice(), 29, 0)
            .to(dir.resolve("q.dbn"));
    try (var records = DbnFile.open(quotes)) {
      assertThat(records.next()).isTrue();
      assertThat(List.of(records.bidPrice(), records.askPrice(), records.bidSize()))
          .containsExactly(1_000_000_000L, Long.MAX_VALUE, 29L);
      assertThat(List.of(records.askSize(), records.flags())).containsExactly(0L, 130);
      assertThat(List.of(records.bidOrders(), records.askOrders())).containsExactly(1, 2);
    }
    var trades =
        new DbnWriter(3, TRADES)
            .symbol("CLM0", 5)
            .trade(5, NOON, 'A', price("-37.63"), 4)
            .to(dir.resolve("t.dbn"));
    try (var records = DbnFile.open(trades)) {
      assertThat(records.next()).isTrue();
      assertThat(records.price()).isEqualTo(-37_630_000_000L);
      assertThat((char) records.side()).isEqualTo('A');
      assertThat(records.tsRecv()).isEqualTo(NOON);
    }
  }

  @Test
  void anInstrumentIdMeansWhatItMeantThatDay() throws IOException {
    var file =
        new DbnWriter(2, TRADES)
            .symbol("ESZ3", 9, 20231201, 20231225)
            .symbol("ESH4", 9, 20231225, 20240101)
            .askedByNumber()
            .trade(9, NOON - 86_400_000_000_000L, 'A', price("1"), 1)
            .trade(9, NOON, 'A', price("1"), 1)
            .trade(8, NOON, 'A', price("1"), 1)
            .to(dir.resolve("roll.dbn"));
    try (var records = DbnFile.open(file)) {
      assertThat(records.symbols()).containsExactly("ESH4", "ESZ3");
      records.next();
      assertThat(records.symbol()).isEqualTo("ESZ3");
      records.next();
      assertThat(records.symbol()).isEqualTo("ESH4");
      records.next();
      assertThat(records.symbol()).isNull();
    }
  }

  @Test
  void recordsOfOtherKindsArePassedOverAndCounted() throws IOException {
    var file =
        threeOrders(1)
            .other(33, 56, 17077, NOON)
            .other(33, 56, 17077, NOON)
            .other(99, 40, 17077, NOON)
            .mbo(17077, NOON + 3, 'R', 'N', 0, DbnWriter.noPrice(), 0, 128)
            .to(dir.resolve("mixed.dbn"));
    try (var records = DbnFile.open(file)) {
      int seen = 0;
      while (records.next()) seen++;
      assertThat(seen).isEqualTo(4);
      assertThat(records.passedOver()).containsEntry("ohlcv-1m", 2L).containsEntry("rtype 99", 1L);
    }
  }

  @Test
  void aFileThatIsNotThereSaysSo() {
    assertThatThrownBy(() -> DbnFile.open(dir.resolve("none.dbn")))
        .isInstanceOf(DbnException.class)
        .hasMessageEndingWith("none.dbn does not exist");
  }

  @Test
  void aFileOfSomethingElseSaysSo() throws IOException {
    var file = Files.writeString(dir.resolve("x.csv"), "time,price\n");
    assertThatThrownBy(() -> DbnFile.open(file)).hasMessageEndingWith("x.csv is not a DBN file");
    var empty = Files.write(dir.resolve("empty"), new byte[0]);
    assertThatThrownBy(() -> DbnFile.open(empty)).hasMessageEndingWith("empty is not a DBN file");
  }

  @Test
  void aVersionYetToComeIsRefused() throws IOException {
    var file = threeOrders(4).to(dir.resolve("new.dbn"));
    assertThatThrownBy(() -> DbnFile.open(file))
        .hasMessageEndingWith("new.dbn is DBN version 4; versions 1, 2 and 3 can be read");
  }

  @Test
  void aSchemaThatCannotBePlayedIsNamed() throws IOException {
    var bars = new DbnWriter(1, 6).to(dir.resolve("bars.dbn"));
    assertThatThrownBy(() -> DbnFile.describe(bars))
        .hasMessageEndingWith(
            "has schema ohlcv-1m; schemas that can be played: mbo, mbp-1, trades");
    var mixed = new DbnWriter(1, 0xffff).to(dir.resolve("live.dbn"));
    assertThatThrownBy(() -> DbnFile.describe(mixed)).hasMessageContaining("has schema mixed;");
  }

  @Test
  void aTruncatedFileSaysWhereAfterHowManyRecords() throws IOException {
    var whole = threeOrders(1).bytes();
    int header = whole.length - 3 * 56;
    for (int cut : new int[] {1, 40, 55}) {
      var file = Files.write(dir.resolve("cut.dbn"), Arrays.copyOf(whole, whole.length - cut));
      assertThatThrownBy(() -> DbnFile.check(file))
          .hasMessageEndingWith(
              "is truncated at byte %d, after 2 whole records".formatted(header + 168 - cut));
    }
    var inHeader = Files.write(dir.resolve("h.dbn"), Arrays.copyOf(whole, header - 1));
    assertThatThrownBy(() -> DbnFile.open(inHeader))
        .hasMessageEndingWith("is truncated: it ends within its header");
  }

  @Test
  void truncatedAndDamagedCompressionAreToldApart() throws IOException {
    var long1 = threeOrders(1);
    for (int i = 0; i < 50_000; i++) {
      long1.mbo(17077, NOON + 2 + i, 'A', 'B', 1_000_003L * i, price("1.25") + i % 977, i, 130);
    }
    var whole = long1.zstd();
    var cut = Files.write(dir.resolve("cut.zst"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> DbnFile.check(cut)).hasMessageContaining("is truncated at byte ");
    var bad = whole.clone();
    for (int i = whole.length / 2; i < whole.length / 2 + 64; i++) bad[i] ^= 0x5a;
    var damaged = Files.write(dir.resolve("bad.zst"), bad);
    assertThatThrownBy(() -> DbnFile.check(damaged))
        .isInstanceOf(DbnException.class)
        .hasMessageContaining("is corrupt");
  }

  @Test
  void anImpossibleRecordLengthIsDamage() throws IOException {
    var file = threeOrders(1).raw(new byte[2000]).to(dir.resolve("zeros.dbn"));
    assertThatThrownBy(() -> DbnFile.check(file))
        .hasMessageContaining("is corrupt at byte ")
        .hasMessageContaining("after 3 records: a record of 0 bytes");
  }
}
