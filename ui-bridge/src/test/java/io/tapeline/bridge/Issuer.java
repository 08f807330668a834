package io.tapeline.bridge;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/**
 * An identity provider as small as one can be: it believes the code it is given, which says who it
 * is and with which role ({@code ann:tapeline-trade}).
 */
final class Issuer {
  static final String PATH = "/oidc";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String url;
  private final KeyPair keys;

  Issuer(String base) {
    url = base + PATH;
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void answer(HttpExchange call) throws IOException {
    try (call) {
      var path = call.getRequestURI().getPath();
      var form = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var json =
          path.endsWith("/openid-configuration")
              ? """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                 "jwks_uri":"%1$s/keys","userinfo_endpoint":"%1$s/user","end_session_endpoint":"%1$s/out"}"""
                  .formatted(url)
              : path.endsWith("/keys") ? keySet() : tokens(form);
      var bytes = json.getBytes(StandardCharsets.UTF_8);
      call.getResponseHeaders().add("Content-Type", "application/json");
      call.sendResponseHeaders(200, bytes.length);
      call.getResponseBody().write(bytes);
    }
  }

  private String keySet() {
    var key = (RSAPublicKey) keys.getPublic();
    return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"k\",\"n\":\"%s\",\"e\":\"%s\"}]}"
        .formatted(unsigned(key.getModulus()), unsigned(key.getPublicExponent()));
  }

  private static String unsigned(BigInteger number) {
    var bytes = number.toByteArray();
    return BASE64.encodeToString(
        bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private String tokens(String form) {
    var code =
        java.net.URLDecoder.decode(
            form.replaceAll(".*(?:^|&)code=([^&]*).*", "$1"), StandardCharsets.UTF_8);
    var who = code.split(":", -1);
    return "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":300,\"id_token\":\"%s\"}"
        .formatted(idToken(who[0], who[1]));
  }

  private String idToken(String user, String role) {
    long now = Instant.now().getEpochSecond();
    var head = part("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k\"}");
    var body =
        part(
            "{\"iss\":\"%s\",\"sub\":\"1\",\"aud\":\"tapeline\",\"iat\":%d,\"exp\":%d,\"preferred_username\":\"%s\",\"upn\":\"%s\",\"groups\":[\"%s\"]}"
                .formatted(url, now, now + 300, user, user, role));
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update((head + "." + body).getBytes(StandardCharsets.US_ASCII));
      return head + "." + body + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
