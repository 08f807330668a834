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

  private static final Duration MINTED_FOR = Duration.ofSeconds(20);

  /** What a token proved is asked again after a moment: an expired one lives on no longer. */
  private static final Duration PROVEN_FOR = Duration.ofSeconds(5);

  private final InstallationSecret secret;
  private final InstantSource clock;
  private final Map<String, Proven> proven = new ConcurrentHashMap<>();
  private final Map<ServiceToken, Minted> minted = new ConcurrentHashMap<>();

  private record Proven(ServiceToken token, Instant until) {}

  private record Minted(String token, Instant until) {}

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

  /** A token for a call to another service on behalf of a user; good for most of a minute. */
  public String mint(String user, Scope scope) {
    var now = clock.instant();
    var who = new ServiceToken(user, scope);
    var known = minted.get(who);
    if (known != null && known.until().isAfter(now)) return known.token();
    if (minted.size() >= MOST_PROVEN) minted.clear();
    var token = ServiceToken.mint(secret, user, scope, now);
    minted.put(who, new Minted(token, now.plus(MINTED_FOR)));
    return token;
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
