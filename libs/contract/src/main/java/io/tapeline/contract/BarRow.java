package io.tapeline.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What was traded of a contract in an interval, on {@code market.bars.v1} once it is final and on
 * {@code market.bars.forming.v1} until then. Of two rows of one bar the one of the higher revision
 * counts; of one revision the final one.
 *
 * @param interval such as {@code 1s}, {@code 5m}, {@code 1h}, {@code 1d}
 * @param start the first moment that belongs to it; bars are counted from the session's open
 * @param volume lots of all trades; 0 where every trade of it was taken back
 * @param trades how many
 * @param isFinal whether its time is over; it may be revised all the same, with a higher revision
 * @param source the venue whose trades it is made of
 * @param revision 0, and higher after every late or corrected trade and every seek of a replay
 */
public record BarRow(
    String symbol,
    String interval,
    Instant start,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    long volume,
    long trades,
    @JsonProperty("final") boolean isFinal,
    String source,
    long revision) {}
