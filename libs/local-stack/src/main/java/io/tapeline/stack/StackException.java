package io.tapeline.stack;

/**
 * Something the user can understand and act on: the message is one sentence and is shown as it is.
 */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StackException(String sentence) {
    super(sentence);
  }

  public StackException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
