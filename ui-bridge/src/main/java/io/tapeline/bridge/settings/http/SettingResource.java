package io.tapeline.bridge.settings.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tapeline.bridge.door.app.Doorkeeper;
import io.tapeline.bridge.door.http.Callers;
import io.tapeline.bridge.settings.store.SettingStore;
import io.tapeline.contract.Json;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * A user's own settings: JSON that comes back as it was put. The ETag says which version; whoever
 * puts with {@code If-Match} never overwrites what another window saved meanwhile.
 */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed("read")
class SettingResource {
  private static final String WORKSPACE = "workspace";
  private static final int LARGEST = 100 * 1024;
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Pattern VERSION = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

  private final SettingStore store;
  private final Doorkeeper doorkeeper;
  private final SecurityIdentity identity;
  private final CancelOnDisconnect rules;

  @Inject
  SettingResource(
      SettingStore store,
      Doorkeeper doorkeeper,
      SecurityIdentity identity,
      CancelOnDisconnect rules) {
    this.store = store;
    this.doorkeeper = doorkeeper;
    this.identity = identity;
    this.rules = rules;
  }

  @GET
  @Path("workspace")
  public Uni<RestResponse<String>> workspace(@RestHeader("If-None-Match") @Nullable String known) {
    return setting(WORKSPACE, known, null);
  }

  @PUT
  @Path("workspace")
  public Uni<RestResponse<String>> putWorkspace(
      String body,
      @RestHeader("If-Match") @Nullable String basis,
      @RestHeader("If-None-Match") @Nullable String none) {
    return put(WORKSPACE, body, basis, none);
  }

  /**
   * @param missing {@code empty}: what was never put is an empty answer (204), no error, for
   *     whoever starts with defaults
   */
  @GET
  @Path("settings/{name}")
  public Uni<RestResponse<String>> setting(
      @RestPath String name,
      @RestHeader("If-None-Match") @Nullable String known,
      @RestQuery @Nullable String missing) {
    return store
        .find(user(), name)
        .map(
            found -> {
              if (found.isEmpty())
                return "empty".equals(missing)
                    ? RestResponse.<String>noContent()
                    : Problem.of(Status.NOT_FOUND, "UNKNOWN_SETTING", "you have no setting " + name)
                        .<String>response();
              var tag = tag(found.get().version());
              return tag.equals(known)
                  ? answer(Status.NOT_MODIFIED, tag, null)
                  : answer(Status.OK, tag, found.get().body());
            });
  }

  @PUT
  @Path("settings/{name}")
  public Uni<RestResponse<String>> put(
      @RestPath String name,
      String body,
      @RestHeader("If-Match") @Nullable String basis,
      @RestHeader("If-None-Match") @Nullable String none) {
    if (!NAME.matcher(name).matches()) return malformed("a name is [a-z0-9-]{1,40}");
    if (body.getBytes(StandardCharsets.UTF_8).length > LARGEST)
      return malformed("a setting has at most " + LARGEST + " bytes");
    if (!isJson(body)) return malformed("a setting is JSON");
    if (name.equals(CancelOnDisconnect.NAME)) {
      if (!identity.hasRole("trade"))
        return Uni.createFrom()
            .item(
                Problem.of(Status.FORBIDDEN, "NOT_ALLOWED", "this takes the scope trade")
                    .<String>response());
      var wrong = rules.wrong(body);
      if (wrong != null) return malformed(wrong);
    }
    var user = user();
    if (basis != null) {
      var version = VERSION.matcher(basis);
      if (!version.matches()) return malformed("If-Match takes the ETag of an answer");
      return store
          .change(user, name, body, Long.parseLong(version.group(1)))
          .map(changed -> saved(changed, stale(name)));
    }
    return "*".equals(none)
        ? store.add(user, name, body).map(added -> saved(added, stale(name)))
        : store.put(user, name, body).map(kept -> saved(kept, tooMany()));
  }

  @DELETE
  @Path("settings/{name}")
  public Uni<RestResponse<Void>> remove(@RestPath String name) {
    return store.remove(user(), name).replaceWith(RestResponse.noContent());
  }

  private String user() {
    return doorkeeper.owner(
        Objects.requireNonNull(Callers.of(identity), "roles are checked before"));
  }

  private static boolean isJson(String body) {
    try {
      return !Json.MAPPER.readTree(body).isMissingNode();
    } catch (IOException _) {
      return false;
    }
  }

  private static RestResponse<String> saved(Optional<Long> version, Problem otherwise) {
    return version
        .map(saved -> answer(Status.NO_CONTENT, tag(saved), null))
        .orElseGet(otherwise::response);
  }

  private static Problem stale(String name) {
    return Problem.of(
        Status.PRECONDITION_FAILED,
        "STALE_VERSION",
        "the setting " + name + " was changed meanwhile: read it again");
  }

  private static Problem tooMany() {
    return Problem.of(
        Status.CONFLICT,
        "TOO_MANY_SETTINGS",
        "you have " + SettingStore.MOST + " settings already");
  }

  private static String tag(long version) {
    return "\"" + version + "\"";
  }

  private static RestResponse<String> answer(Status status, String tag, @Nullable String body) {
    return RestResponse.ResponseBuilder.<String>create(
            Objects.requireNonNull(RestResponse.Status.fromStatusCode(status.getStatusCode())))
        .entity(body)
        .header("ETag", tag)
        .header("Cache-Control", "private, no-cache")
        .build();
  }

  private static Uni<RestResponse<String>> malformed(String detail) {
    return Uni.createFrom()
        .item(Problem.of(Status.BAD_REQUEST, "MALFORMED_REQUEST", detail).<String>response());
  }
}
