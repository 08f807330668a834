package io.tapeline.service;

import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The installation's lock as this service holds it: signs its own calls, proves those of others.
 */
@ApplicationScoped
public class Door {
  /** Callers keep a token for a while, so most are seen again and again. */
  private static final int MOST_PROVEN = 1_000;

  /** By so much at most a token that was just proven outlives its expiry. */
  private static final Duration PROVEN_FOR = Duration.ofSeconds(5);

  private final InstallationSecret secret;
  private final InstantSource clock;
  private final Map<String, Proven> proven = new ConcurrentHashMap<>();

  private record Proven(ServiceToken token, Instant until) {}

  @Inject
  Door(TapelineConfig config) {
    try {
      secret = InstallationSecret.read(config.secretFile());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the installation's secret cannot be read; is tapeline.secret-file right?", e);
    }
    clock = InstantSource.system();
  }

  /** A token for a call to another service on behalf of a user. */
  public String mint(String user, Scope scope) {
    return ServiceToken.mint(secret, user, scope, clock.instant());
  }

  /**
   * What a caller's token proves.
   *
   * @throws io.tapeline.door.NotAuthenticException when it proves nothing
   */
  public ServiceToken verify(String token) {
    var now = clock.instant();
    var known = proven.get(token);
    if (known != null && known.until().isAfter(now)) return known.token();
    var read = ServiceToken.verify(secret, token, now);
    if (proven.size() >= MOST_PROVEN) proven.clear();
    proven.put(token, new Proven(read, now.plus(PROVEN_FOR)));
    return read;
  }
}
