package io.tapeline.orders.domain;

import io.tapeline.model.ClOrdId;
import io.tapeline.model.OrderId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names for orders that were placed elsewhere: the same order has the same name every time. */
public final class ExternalIds {
  private static final Pattern FITS = Pattern.compile("[A-Za-z0-9._-]{1,34}");

  private ExternalIds() {}

  public static ClOrdId of(OrderId venueOrderId) {
    var id = venueOrderId.value();
    return new ClOrdId("X-" + (FITS.matcher(id).matches() ? id : digest(id)));
  }

  private static String digest(String id) {
    try {
      var sha = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
