package io.tapeline.market.venue;

import io.tapeline.market.dbn.DbnFile;
import io.tapeline.market.replay.domain.BrokenRecordingException;
import io.tapeline.market.replay.domain.Recording;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The recordings that are to be played: one that cannot be is set aside, and the others are. */
final class Playlist {
  private final List<Path> files;
  private List<Path> playable;
  private final List<String> setAside = new ArrayList<>();

  Playlist(List<Path> files) {
    this.files = List.copyOf(files);
    this.playable = this.files;
  }

  /**
   * Looks at the head of every file.
   *
   * @throws BrokenRecordingException where none can be played
   */
  void describe() {
    if (files.isEmpty())
      throw new BrokenRecordingException("there is no recording to play: name one with --replay");
    keepThose(DbnFile::describe);
  }

  /**
   * Reads every file to its end, which takes its time.
   *
   * @throws BrokenRecordingException where none can be played
   */
  void check() {
    keepThose(DbnFile::check);
  }

  private void keepThose(Consumer<Path> look) {
    var good = new ArrayList<Path>();
    for (var file : playable) {
      try {
        look.accept(file);
        good.add(file);
      } catch (BrokenRecordingException e) {
        setAside.add(String.valueOf(e.getMessage()));
      }
    }
    if (good.isEmpty()) throw new BrokenRecordingException(String.join("; ", setAside));
    playable = List.copyOf(good);
  }

  String fingerprint(@Nullable Instant from, @Nullable Instant to) {
    return Fingerprint.of(playable, from, to);
  }

  List<Recording> open() {
    var opened = new ArrayList<Recording>();
    try {
      for (var file : playable) opened.add(DbnFile.open(file));
      return opened;
    } catch (BrokenRecordingException e) {
      opened.forEach(Recording::close);
      throw e;
    }
  }

  /** Every file that was named. */
  List<String> names() {
    return files.stream().map(Path::toString).toList();
  }

  /** Why files are not played, one sentence for each. */
  List<String> setAside() {
    return List.copyOf(setAside);
  }
}
