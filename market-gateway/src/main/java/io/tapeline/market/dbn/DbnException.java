package io.tapeline.market.dbn;

import io.tapeline.market.replay.domain.BrokenRecordingException;
import java.nio.file.Path;

/** A file that is not DBN, or not DBN that can be played: one sentence with the file's name. */
public final class DbnException extends BrokenRecordingException {
  private static final long serialVersionUID = 1L;

  DbnException(Path file, String what) {
    super(file + " " + what);
  }

  DbnException(Path file, String what, Throwable cause) {
    super(file + " " + what, cause);
  }
}
