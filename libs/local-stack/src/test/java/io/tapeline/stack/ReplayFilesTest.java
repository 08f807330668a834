package io.tapeline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayFilesTest {
  @TempDir Path directory;

  @Test
  void plainAndCompressedRecordingsAreTaken() throws Exception {
    var plain = Files.write(directory.resolve("a.dbn"), new byte[] {'D', 'B', 'N', 1, 0});
    var zstd =
        Files.write(directory.resolve("a.zst"), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});
    assertThat(ReplayFiles.complaint(plain)).isEmpty();
    assertThat(ReplayFiles.complaint(zstd)).isEmpty();
  }

  @Test
  void somethingElseIsRefusedByItsFirstBytes() throws Exception {
    var file = Files.writeString(directory.resolve("a.csv"), "time,price\n");
    assertThat(ReplayFiles.complaint(file).orElseThrow()).contains("is not a Databento DBN file");
  }

  @Test
  void anEmptyFileIsTruncatedAndADirectoryIsNoFile() throws Exception {
    var empty = Files.createFile(directory.resolve("empty.dbn"));
    assertThat(ReplayFiles.complaint(empty).orElseThrow()).contains("is truncated");
    assertThat(ReplayFiles.complaint(directory).orElseThrow()).contains("cannot be read");
    assertThat(ReplayFiles.complaint(directory.resolve("no")).orElseThrow())
        .contains("is not there");
  }
}
