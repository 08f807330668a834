package io.tapeline.market.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.tapeline.market.alert.domain.Alert;
import io.tapeline.market.alert.domain.AlertHistory;
import io.tapeline.market.alert.domain.AlertRefusal;
import io.tapeline.market.alert.domain.AlertState;
import io.tapeline.market.app.AlertWatch;
import io.tapeline.market.app.Gateway;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Prices the caller wants to hear of, once each. They are the user's own: nobody sees or ends those
 * of another. To set one takes no more than to read, for it moves no account.
 */
@Path("/api/alerts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("read")
@Blocking
class AlertResource {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,36}");
  private static final int LONGEST_NOTE = 200;

  private final Gateway gateway;
  private final SecurityIdentity identity;

  @Inject
  AlertResource(Gateway gateway, SecurityIdentity identity) {
    this.gateway = gateway;
    this.identity = identity;
  }

  /** From which side; CROSSING is the one that the last trade has yet to come from. */
  enum From {
    ABOVE,
    BELOW,
    CROSSING
  }

  /**
   * An alert to be set.
   *
   * @param alertId the caller's own; left out, it is the Idempotency-Key
   * @param direction left out: CROSSING
   */
  record Asked(
      @Nullable String alertId,
      @Nullable String symbol,
      @Nullable BigDecimal px,
      @Nullable From direction,
      @Nullable String note) {}

  /** An alert as it stands; {@code trade…} is what reached it, its time the venue's. */
  record AlertRow(
      String alertId,
      String symbol,
      BigDecimal px,
      Alert.Direction direction,
      @Nullable String note,
      AlertState state,
      Instant createdAt,
      @Nullable Instant endedAt,
      @Nullable Long tradeId,
      @Nullable BigDecimal tradePx,
      @Nullable Instant tradeAt) {
    static AlertRow of(AlertHistory history) {
      var alert = history.alert();
      var trade = history.trade();
      return new AlertRow(
          alert.id().alertId(),
          alert.symbol().value(),
          alert.px(),
          alert.direction(),
          alert.note(),
          history.state(),
          alert.createdAt(),
          history.endedAt(),
          trade == null ? null : trade.tradeId(),
          trade == null ? null : trade.px(),
          trade == null ? null : trade.at());
    }
  }

  /**
   * The caller's alerts, newest first.
   *
   * @param state active, or all: those that were over lately too
   */
  @GET
  public RestResponse<Page<AlertRow>> alerts(@RestQuery @Nullable String state) {
    var watch = gateway.alerts();
    if (watch.isEmpty()) return down();
    var rows = watch.get().of(user(), !"all".equals(state));
    return RestResponse.ok(new Page<>(rows.stream().map(AlertRow::of).toList(), null));
  }

  /** Sets an alert. It waits until it is reached or canceled. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public RestResponse<AlertRow> set(
      Asked asked, @RestHeader("Idempotency-Key") @Nullable String key) {
    var id = asked.alertId() == null ? key : asked.alertId();
    var symbol = asked.symbol();
    var px = asked.px();
    if (id == null || !ID.matcher(id).matches())
      return malformed("alertId or Idempotency-Key is [A-Za-z0-9._-]{1,36}");
    if (symbol == null || px == null) return malformed("symbol and px say what to wait for");
    if (px.precision() > 18 || Math.abs(px.scale()) > 12) return malformed("px is no price");
    var note = asked.note() == null || asked.note().isBlank() ? null : asked.note();
    if (note != null && note.length() > LONGEST_NOTE)
      return malformed("a note has at most " + LONGEST_NOTE + " characters");
    var direction =
        switch (asked.direction()) {
          case ABOVE -> Alert.Direction.ABOVE;
          case BELOW -> Alert.Direction.BELOW;
          case CROSSING -> null;
          case null -> null;
        };
    var watch = gateway.alerts();
    if (watch.isEmpty()) return down();
    return answer(
        Status.CREATED, watch.get().set(new Alert.Id(user(), id), symbol, px, direction, note));
  }

  /** Ends an alert that still waits; one that is over stays as it is. */
  @DELETE
  @Path("{alertId}")
  public RestResponse<AlertRow> cancel(@RestPath String alertId) {
    var watch = gateway.alerts();
    if (watch.isEmpty()) return down();
    return answer(Status.OK, watch.get().cancel(new Alert.Id(user(), alertId)));
  }

  private String user() {
    return identity.getPrincipal().getName();
  }

  private static RestResponse<AlertRow> answer(Status status, AlertWatch.Answer answer) {
    return switch (answer) {
      case AlertWatch.Answer.Known(var alert) ->
          RestResponse.ResponseBuilder.create(
                  Objects.requireNonNull(
                      RestResponse.Status.fromStatusCode(status.getStatusCode())),
                  AlertRow.of(alert))
              .build();
      case AlertWatch.Answer.Refused(var reason, var params) -> refused(reason, params);
    };
  }

  private static <T> RestResponse<T> down() {
    return refused(AlertRefusal.VENUE_DOWN, Map.of());
  }

  private static <T> RestResponse<T> refused(AlertRefusal reason, Map<String, String> params) {
    var status = Objects.requireNonNull(Status.fromStatusCode(reason.status()));
    return Problem.of(status, reason.name(), reason.text(), params).response();
  }

  private static <T> RestResponse<T> malformed(String detail) {
    return Problem.of(Status.BAD_REQUEST, "MALFORMED_REQUEST", detail).response();
  }
}
