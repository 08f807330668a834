package io.tapeline.service;

import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;

/**
 * The installation's lock as this service holds it: signs its own calls, proves those of others.
 */
@ApplicationScoped
public class Door {
  private final InstallationSecret secret;
  private final InstantSource clock;

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
    return ServiceToken.verify(secret, token, clock.instant());
  }
}
