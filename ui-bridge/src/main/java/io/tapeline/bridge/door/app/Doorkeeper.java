package io.tapeline.bridge.door.app;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.door.domain.Caller;
import io.tapeline.bridge.door.domain.Secret;
import io.tapeline.bridge.door.store.DoorStore;
import io.tapeline.bridge.door.store.DoorStore.Pass;
import io.tapeline.bridge.door.store.DoorStore.TokenRow;
import io.tapeline.door.Scope;
import io.tapeline.service.TapelineConfig;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Hands out links, sessions and tokens, and knows their holders again. */
@ApplicationScoped
public class Doorkeeper {
  public static final String TOKEN_PREFIX = "tpl_";

  private static final Logger LOG = Logger.getLogger(Doorkeeper.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_TOKEN = Duration.ofDays(366);
  private static final long FORGET_EVERY_MS = Duration.ofHours(1).toMillis();

  private final DoorStore store;
  private final DoorConfig config;
  private final Set<String> accounts;
  private final Vertx vertx;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final Moment<Optional<Pass>> passes = new Moment<>();
  private final Moment<Set<String>> grants = new Moment<>();
  private final List<Runnable> takenAway = new CopyOnWriteArrayList<>();

  @Inject
  Doorkeeper(DoorStore store, DoorConfig config, TapelineConfig tapeline, Vertx vertx) {
    this.store = store;
    this.config = config;
    this.accounts = Set.copyOf(tapeline.accounts().keySet());
    this.vertx = vertx;
  }

  /** Who wants to look again at once when a session, token or grant has ended here. */
  public void onTakenAway(Runnable lookAgain) {
    takenAway.add(lookAgain);
  }

  private void tookAway() {
    takenAway.forEach(Runnable::run);
  }

  /** A token as it is handed out, once. */
  public record NewToken(String id, String token) {}

  void open(@Observes StartupEvent started) {
    store
        .addUser(config.owner(), Scope.ADMIN.label())
        .chain(() -> store.grant(config.owner(), accounts))
        .await()
        .atMost(START_LIMIT);
    vertx.setPeriodic(
        FORGET_EVERY_MS,
        _ ->
            store
                .forget(clock.instant())
                .subscribe()
                .with(_ -> {}, e -> LOG.error("what expired was not deleted", e)));
  }

  /** A code that signs the owner in, once, whenever it is used. */
  public Uni<Secret> link() {
    var code = secret("");
    return store.addLink(code.hash(), config.owner(), clock.instant()).replaceWith(code);
  }

  /** A new session in exchange for a code; empty when the code is unknown or used up. */
  public Uni<Optional<Secret>> signIn(Secret code) {
    var now = clock.instant();
    return store
        .useLink(code.hash(), now)
        .chain(
            user -> {
              if (user.isEmpty()) return Uni.createFrom().item(Optional.empty());
              var session = secret("");
              return store
                  .addSession(session.hash(), user.get(), now, now.plus(config.session()))
                  .replaceWith(Optional.of(session));
            });
  }

  /** A session for somebody whom the team's identity provider knows, as far as it lets them. */
  public Uni<Secret> signInMember(String user, Scope scope) {
    var now = clock.instant();
    var session = secret("");
    return store
        .addMember(user, scope.label())
        .chain(() -> store.addSession(session.hash(), user, now, now.plus(config.team().session())))
        .replaceWith(session);
  }

  public boolean isOwner(String user) {
    return config.owner().equals(user);
  }

  public Uni<Void> signOut(Secret session) {
    return store
        .endSession(session.hash())
        .invoke(
            () -> {
              passes.forgetAll();
              tookAway();
            });
  }

  public Duration sessionLifetime() {
    return config.session();
  }

  /** Whose session that is; empty when it is over or never was. */
  public Uni<Optional<Caller>> bySession(Secret session) {
    return look(Caller.Via.SESSION, session.hash());
  }

  /** Whose token that is; empty when it has expired, was revoked or never was. */
  public Uni<Optional<Caller>> byToken(Secret token) {
    return look(Caller.Via.API_TOKEN, token.hash());
  }

  /** Whether what the caller came with is still good. */
  public Uni<Boolean> isStillIn(Caller caller) {
    if (caller.via() == Caller.Via.INSTALLATION) return Uni.createFrom().item(true);
    return look(caller.via(), HexFormat.of().parseHex(caller.pass())).map(Optional::isPresent);
  }

  private Uni<Optional<Caller>> look(Caller.Via via, byte[] hash) {
    var now = clock.instant();
    var pass = HexFormat.of().formatHex(hash);
    return passes
        .of(
            via + pass,
            now,
            () -> via == Caller.Via.SESSION ? store.session(hash, now) : store.token(hash, now))
        .map(
            found ->
                found
                    .filter(good -> good.expiresAt().isAfter(now))
                    .map(good -> new Caller(good.user(), good.scope(), via, pass)));
  }

  /** The accounts a caller may see and trade. */
  public Uni<Set<String>> accountsOf(Caller caller) {
    if (caller.via() == Caller.Via.INSTALLATION) return Uni.createFrom().item(accounts);
    return grants.of(caller.user(), clock.instant(), () -> store.grants(caller.user()));
  }

  public boolean isConfigured(String account) {
    return accounts.contains(account);
  }

  public Uni<Void> grant(String user, String account) {
    return store
        .addUser(user, Scope.TRADE.label())
        .chain(() -> store.grant(user, List.of(account)))
        .invoke(() -> grants.forget(user));
  }

  public Uni<Void> revokeGrant(String user, String account) {
    return store
        .revokeGrant(user, account)
        .invoke(
            () -> {
              grants.forget(user);
              tookAway();
            });
  }

  /** A token that goes no further than its maker. */
  public Uni<NewToken> newToken(
      Caller maker, @Nullable String name, Scope scope, @Nullable Integer days) {
    var now = clock.instant();
    var asked = days == null ? config.token() : Duration.ofDays(days);
    var lifetime = asked.compareTo(LONGEST_TOKEN) < 0 ? asked : LONGEST_TOKEN;
    var token = secret(TOKEN_PREFIX);
    return store
        .addToken(token.hash(), owner(maker), name, scope.label(), now, now.plus(lifetime))
        .map(id -> new NewToken(id, token.text()));
  }

  public Uni<List<TokenRow>> tokens(Caller caller) {
    return store.tokens(owner(caller), clock.instant());
  }

  /** False when the caller has no such token. */
  public Uni<Boolean> endToken(Caller caller, long id) {
    return store
        .endToken(id, owner(caller))
        .invoke(
            () -> {
              passes.forgetAll();
              tookAway();
            });
  }

  /** What the launcher makes is the owner's. */
  public String owner(Caller caller) {
    return caller.via() == Caller.Via.INSTALLATION ? config.owner() : caller.user();
  }

  private Secret secret(String prefix) {
    var bytes = new byte[Secret.BYTES];
    random.nextBytes(bytes);
    return Secret.of(prefix, bytes);
  }
}
