package io.tapeline.bridge.door.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the door stays open for those it let in. */
@ConfigMapping(prefix = "tapeline.door")
public interface DoorConfig {
  @WithDefault("30d")
  Duration session();

  /** For how long a token is good when nothing else is asked for. */
  @WithDefault("90d")
  Duration token();

  /** Tries to sign in from one address: so many at once, and then one every six seconds. */
  @WithDefault("10")
  int signInsAtOnce();

  /** The user of a local installation, to whom every configured account is granted. */
  @WithDefault("owner")
  String owner();

  Team team();

  /** Those who come from an identity provider, if one is configured (quarkus.oidc.*). */
  interface Team {
    @WithDefault("12h")
    Duration session();

    /** Roles of the provider, by what they allow here. */
    @WithDefault("tapeline-read")
    String readRole();

    @WithDefault("tapeline-trade")
    String tradeRole();

    @WithDefault("tapeline-admin")
    String adminRole();
  }
}
