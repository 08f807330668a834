package io.tapeline.bridge.notices;

import io.tapeline.bridge.fanout.app.Fanout;
import io.tapeline.bridge.fanout.domain.ChannelKind;
import io.tapeline.bridge.fanout.domain.ChannelName;
import io.tapeline.contract.Json;
import io.tapeline.contract.NoticeRow;
import io.tapeline.service.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * What an account's people were told of late: the same as on the channel {@code notices}, for those
 * who ask. Only accounts that were granted to the caller come here.
 */
@Path("/api/accounts/{account}/notices")
class NoticeResource {
  private static final int USUAL = 100;
  private static final int MOST = 500;

  private final Fanout fanout;

  @Inject
  NoticeResource(Fanout fanout) {
    this.fanout = fanout;
  }

  /**
   * Notices, newest first.
   *
   * @param next {@code cursor} of the following page; null: this is the last
   * @param asOfSeq the newest number of the channel that is in the first page
   */
  record Page(List<NoticeRow> items, @Nullable String next, long asOfSeq) {}

  /**
   * The notices of the last day, at most the newest 512.
   *
   * @param limit 1 to 500; left out: 100
   * @param cursor the {@code next} of an earlier answer
   */
  @GET
  @RolesAllowed("read")
  public RestResponse<Page> notices(
      @RestPath String account,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable Long cursor) {
    int most = limit == null ? USUAL : limit;
    if (most < 1 || most > MOST)
      return Problem.of(Status.BAD_REQUEST, "MALFORMED_REQUEST", "limit is 1 to " + MOST)
          .response();
    var ring = fanout.board().records(new ChannelName(ChannelKind.NOTICES, account));
    long before = cursor == null ? Long.MAX_VALUE : cursor;
    var found = ring.before(before, most + 1);
    boolean more = found.size() > most;
    var page = more ? found.subList(0, most) : found;
    return RestResponse.ok(
        new Page(
            page.stream().map(entry -> Json.read(entry.data(), NoticeRow.class)).toList(),
            more ? Long.toString(page.getLast().seq()) : null,
            ring.head()));
  }
}
