package dev.punctual.taskservice.http;

import dev.punctual.taskservice.http.FieldReader.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** Values that come as texts, in bodies and in query parameters. */
final class Texts {

  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private Texts() {}

  /** The text, if PostgreSQL can store it and it is not too long. */
  static String checked(String text, int maxLength) {
    if (text.codePointCount(0, text.length()) > maxLength) {
      throw new Refused("must not be longer than " + maxLength + " characters");
    }
    if (text.indexOf('\0') >= 0) {
      throw new Refused("must not contain the character U+0000");
    }
    // An unpaired surrogate has no UTF-8.
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new Refused("must not contain half of a surrogate pair");
    }
    return text;
  }

  /** An instant with its offset, in the precision that PostgreSQL keeps. */
  static Instant instant(String text) {
    try {
      var instant = OffsetDateTime.parse(text).truncatedTo(ChronoUnit.MICROS).toInstant();
      inRange(LocalDateTime.ofInstant(instant, java.time.ZoneOffset.UTC));
      return instant;
    } catch (DateTimeException e) {
      throw new Refused(
          "must be an instant with its offset from UTC, such as 2026-12-24T09:00:00Z or 2026-12-24T10:00:00+01:00");
    }
  }

  static LocalDateTime inRange(LocalDateTime time) {
    if (time.getYear() < 1970 || time.getYear() > 9999) {
      throw new Refused("must be in the years 1970 to 9999");
    }
    return time;
  }

  static ZoneId zone(String text) {
    if (!ZONES.contains(text)) {
      throw new Refused("must be an IANA time zone, such as Europe/Berlin");
    }
    return ZoneId.of(text);
  }
}
