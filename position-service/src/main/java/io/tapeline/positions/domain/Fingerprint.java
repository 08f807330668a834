package io.tapeline.positions.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One short text that is the same for the same positions, whoever folded them: from the tape, from
 * tables, in memory.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /** SHA-256 over every number of every position. */
  public static String of(AccountFold fold) {
    var text = new StringBuilder();
    text.append(fold.accountId()).append('|').append(fold.seq());
    text.append('|').append(fold.permission()).append('\n');
    for (var position : fold.positions().values()) line(text, position);
    return HexFormat.of()
        .formatHex(sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static void line(StringBuilder text, Position position) {
    var instrument = position.instrument();
    text.append(instrument.symbol())
        .append('|')
        .append(instrument.tickSize().stripTrailingZeros().toPlainString())
        .append('|')
        .append(instrument.tickValue())
        .append('|')
        .append(position.netQty())
        .append('|')
        .append(position.cashTicks())
        .append('|')
        .append(position.realizedTicks())
        .append('|')
        .append(position.fees().stripTrailingZeros().toPlainString())
        .append('|')
        .append(position.fills())
        .append('|')
        .append(position.tally());
    for (var lot : position.lots())
      text.append('|')
          .append(lot.seq())
          .append('x')
          .append(lot.signedQty())
          .append('@')
          .append(lot.px().ticks());
    text.append('\n');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
