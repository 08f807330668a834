package io.tapeline.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Times of the wire: ISO-8601 in UTC with exactly six decimals, {@code
 * 2026-03-02T14:30:00.000125Z}. A line of the journal carries up to ten of them, so the one form
 * that is written is written and read by hand; whatever else is a time is read by the library.
 */
public final class WireTime {
  private static final int LENGTH = 27;
  private static final long SECONDS_A_DAY = 86_400;
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
  private static final char[] FORM = "0000-00-00T00:00:00.000000Z".toCharArray();

  private WireTime() {}

  /**
   * The text of a time; what it has beyond microseconds is cut off.
   *
   * @throws IllegalArgumentException when its year is not of four digits
   */
  public static String text(Instant time) {
    return new String(chars(time));
  }

  private static char[] chars(Instant time) {
    if (time.isBefore(FIRST) || !time.isBefore(END))
      throw new IllegalArgumentException("no time of the wire: " + time);
    var date = LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), SECONDS_A_DAY));
    var second = (int) Math.floorMod(time.getEpochSecond(), SECONDS_A_DAY);
    var text = FORM.clone();
    write(text, 0, 4, date.getYear());
    write(text, 5, 2, date.getMonthValue());
    write(text, 8, 2, date.getDayOfMonth());
    write(text, 11, 2, second / 3_600);
    write(text, 14, 2, second / 60 % 60);
    write(text, 17, 2, second % 60);
    write(text, 20, 6, time.getNano() / 1_000);
    return text;
  }

  private static void write(char[] text, int from, int digits, int value) {
    var rest = value;
    for (var at = from + digits - 1; at >= from; at--) {
      text[at] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** The time of a text in this very form; null: it is in another, or none. */
  public static @Nullable Instant read(String text) {
    return text.length() == LENGTH ? read(text.toCharArray(), 0) : null;
  }

  /** The time in this form that begins at an index; null: it is in another, or none. */
  private static @Nullable Instant read(char[] text, int from) {
    for (var at = 0; at < LENGTH; at++) {
      var digit = text[from + at] >= '0' && text[from + at] <= '9';
      if (FORM[at] == '0' ? !digit : text[from + at] != FORM[at]) return null;
    }
    var hour = number(text, from + 11, 2);
    var minute = number(text, from + 14, 2);
    var second = number(text, from + 17, 2);
    if (hour > 23 || minute > 59 || second > 59) return null;
    try {
      var date =
          LocalDate.of(number(text, from, 4), number(text, from + 5, 2), number(text, from + 8, 2));
      return Instant.ofEpochSecond(
          date.toEpochDay() * SECONDS_A_DAY + hour * 3_600L + minute * 60L + second,
          number(text, from + 20, 6) * 1_000L);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int number(char[] text, int from, int digits) {
    var value = 0;
    for (var at = from; at < from + digits; at++) value = value * 10 + text[at] - '0';
    return value;
  }

  static final class Serializer extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(chars(value), 0, LENGTH);
    }
  }

  static final class Deserializer extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    Deserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (json.hasToken(JsonToken.VALUE_STRING) && json.getTextLength() == LENGTH) {
        var time = read(json.getTextCharacters(), json.getTextOffset());
        if (time != null) return time;
      }
      return InstantDeserializer.INSTANT.deserialize(json, context);
    }
  }
}
