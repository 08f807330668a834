package io.tapeline.market.replay.domain;

/** A recording that cannot be read (on), in one sentence for the person who offered it. */
public class BrokenRecordingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokenRecordingException(String sentence) {
    super(sentence);
  }

  public BrokenRecordingException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
