package io.tapeline.service;

import io.quarkus.runtime.StartupEvent;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.MetricsToken;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The installation's lock as this service holds it: signs its own calls, proves those of others.
 */
@ApplicationScoped
public class Door {
  private static final Logger LOG = Logger.getLogger(Door.class);

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
    this(config.secretFile());
  }

  Door(Path secretFile) {
    try {
      secret = InstallationSecret.read(secretFile);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the installation's secret cannot be read; is tapeline.secret-file right?", e);
    }
    clock = InstantSource.system();
  }

  /** A service that cannot read the secret would let nobody in: it does not even start. */
  void open(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
    LOG.debug("the installation's secret is read");
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

  /** Whether a token is the one that lets a monitoring system read metrics. */
  boolean isForMetrics(String token) {
    return MetricsToken.isOf(secret, token);
  }
}
