package io.tapeline.market.replay.domain;

import java.util.Locale;

/** What a record says. */
enum RecordKind {
  ADD,
  MODIFY,
  CANCEL,
  CLEAR,
  TRADE,
  FILL,
  /** New best prices. */
  QUOTE,
  /** Nothing: only a flag or a time. */
  NONE,
  UNKNOWN;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RecordKind of(RecordingKind recording, byte action) {
    return switch (action) {
      case 'T' -> TRADE;
      case 'A', 'M', 'C', 'R' ->
          switch (recording) {
            case MBP_1 -> QUOTE;
            case TRADES -> UNKNOWN;
            case MBO ->
                switch (action) {
                  case 'A' -> ADD;
                  case 'M' -> MODIFY;
                  case 'C' -> CANCEL;
                  default -> CLEAR;
                };
          };
      case 'F' -> recording == RecordingKind.MBO ? FILL : UNKNOWN;
      case 'N' -> NONE;
      default -> UNKNOWN;
    };
  }
}
