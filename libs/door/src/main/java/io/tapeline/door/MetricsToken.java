package io.tapeline.door;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * What a monitoring system shows to read the metrics of every service, and nothing else. It follows
 * from the installation's secret, which it does not betray, and is good as long as that.
 */
public final class MetricsToken {
  private static final String PREFIX = "tpm_";
  private static final byte[] PURPOSE = "metrics".getBytes(StandardCharsets.US_ASCII);

  private MetricsToken() {}

  public static String of(InstallationSecret secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(secret.key());
      return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a token for metrics", e);
    }
  }

  /** Whether it is that of this installation; takes as long for every wrong one. */
  public static boolean isOf(InstallationSecret secret, String token) {
    return MessageDigest.isEqual(
        of(secret).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a bearer token has the form of one; says nothing of whether it is. */
  public static boolean looksLikeOne(String token) {
    return token.startsWith(PREFIX);
  }
}
