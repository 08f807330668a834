package io.tapeline.door;

import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * A call's proof that it comes from inside the installation: a JWT signed with the installation's
 * secret (HS256), good for at most {@link #LONGEST}.
 *
 * @param user on whose behalf the call is made
 */
public record ServiceToken(String user, Scope scope) {
  /** No token is good for longer. */
  public static final Duration LONGEST = Duration.ofMinutes(1);

  private static final String ISSUER = "tapeline";
  private static final String SCOPE = "scope";
  private static final int SKEW_SECONDS = 5;

  /** Signs a token that is good from now on for {@link #LONGEST}. */
  public static String mint(InstallationSecret secret, String user, Scope scope, Instant now) {
    var claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setSubject(user);
    claims.setStringClaim(SCOPE, scope.label());
    claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
    claims.setExpirationTime(NumericDate.fromMilliseconds(now.plus(LONGEST).toEpochMilli()));
    var signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setKey(secret.key());
    signature.setPayload(claims.toJson());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("cannot sign a service token", e);
    }
  }

  /**
   * What a token says, once it is proven to be ours and in time.
   *
   * @throws NotAuthenticException when it was not signed with the secret, is malformed, is expired,
   *     or claims to be good for longer than any of ours
   */
  public static ServiceToken verify(InstallationSecret secret, String token, Instant now) {
    var consumer =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
            .setVerificationKey(secret.key())
            .setExpectedIssuer(ISSUER)
            .setRequireSubject()
            .setRequireIssuedAt()
            .setRequireExpirationTime()
            .setMaxFutureValidityInMinutes(2)
            .setAllowedClockSkewInSeconds(SKEW_SECONDS)
            .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
            .build();
    try {
      var claims = consumer.processToClaims(token);
      return new ServiceToken(claims.getSubject(), Scope.of(claims.getStringClaimValue(SCOPE)));
    } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
      throw new NotAuthenticException(e);
    }
  }

  /** Whether a bearer token has the form of ours; says nothing of whether it is. */
  public static boolean looksLikeOne(String token) {
    return token.startsWith("eyJ") && token.chars().filter(c -> c == '.').count() == 2;
  }
}
