package dev.punctual.recurrence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may stand beside a pattern, applied to a list with nothing but {@code java.time}.
 *
 * @param until an end as an instant, which only an RRULE may have
 * @param exdates dates or date-times, as a rule's JSON has them
 */
record SlowTerms(
    @Nullable Integer count,
    @Nullable LocalDate endDate,
    @Nullable Instant until,
    List<String> exdates,
    List<String> rdates) {

  static final SlowTerms NONE = new SlowTerms(null, null, null, List.of(), List.of());

  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The instants of a pattern's local date-times, with what is added and without what is not. */
  List<Instant> applied(List<LocalDateTime> pattern, LocalDateTime start, ZoneId zone) {
    Stream<LocalDateTime> ended =
        pattern.stream()
            .limit(count == null ? Long.MAX_VALUE : count)
            .filter(local -> endDate == null || !local.toLocalDate().isAfter(endDate))
            .filter(local -> until == null || !local.atZone(zone).toInstant().isAfter(until));
    Stream<LocalDateTime> added =
        rdates.stream()
            .map(text -> text.contains("T") ? LocalDateTime.parse(text) : day(text, start))
            .filter(local -> !local.isBefore(start));
    return Stream.concat(ended, added)
        .filter(local -> !exdates.contains(local.toLocalDate().toString()))
        .filter(local -> !exdates.contains(local.toString()))
        .map(local -> local.atZone(zone).toInstant())
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .toList();
  }

  private static LocalDateTime day(String text, LocalDateTime start) {
    LocalTime time = start.toLocalTime();
    return LocalDate.parse(text).atTime(time);
  }

  /** Fields of a rule's JSON, without UNTIL. */
  List<String> fields() {
    List<String> fields = new ArrayList<>();
    if (count != null) {
      fields.add("'count': " + count);
    }
    if (endDate != null) {
      fields.add("'end_date': '" + endDate + "'");
    }
    add(fields, "exdates", exdates);
    add(fields, "rdates", rdates);
    return fields;
  }

  /** What an RRULE's text has of it. */
  String ofText() {
    return until == null ? "" : ";UNTIL=" + UTC_TIME.format(until);
  }

  private static void add(List<String> fields, String name, List<String> moments) {
    if (!moments.isEmpty()) {
      fields.add("'" + name + "': ['" + String.join("','", moments) + "']");
    }
  }
}
