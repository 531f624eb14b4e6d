package dev.punctual.recurrence;

import dev.punctual.recurrence.CronField.NotUnderstood;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rule as cron writes it: five fields of UNIX, or six of Quartz.
 *
 * @param text the expression with single spaces
 */
record Cron(String text, boolean quartz, CronText.Read read, Terms terms)
    implements RecurrenceRule {

  private static final String UNIX_REMEDY =
      "write minute, hour, day of month, month, day of week, such as 0 9 * * 1-5; or @daily";
  private static final String QUARTZ_REMEDY =
      "write second, minute, hour, day of month, month, day of week, such as 0 0 9 ? * MON-FRI";

  private enum Dialect {
    UNIX,
    QUARTZ
  }

  static Cron parse(Fields fields) {
    String text = fields.text("cron").orElse("").strip().replaceAll("\\s+", " ");
    boolean quartz = fields.choice("dialect", Dialect.class).orElse(Dialect.UNIX) == Dialect.QUARTZ;
    Terms terms = Terms.parse(fields);
    fields.refuseUnknown();
    fields.throwIfRefused();
    if (text.length() > RecurrenceRule.MOST_TEXT) {
      throw new InvalidRule(
          "cron", "longer than " + RecurrenceRule.MOST_TEXT + " characters", "write it shorter");
    }
    try {
      return new Cron(text, quartz, CronText.read(text, quartz), terms);
    } catch (NotUnderstood e) {
      String reason = String.valueOf(e.getMessage());
      throw new InvalidRule("cron", reason, quartz ? QUARTZ_REMEDY : UNIX_REMEDY);
    }
  }

  @Override
  public JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("cron", text);
    if (quartz) {
      json.put("dialect", "quartz");
    }
    terms.write(json);
    return json;
  }

  @Override
  public String describe() {
    return CronDescription.of(read) + Description.ending(terms, count(), null);
  }

  @Override
  public boolean goesByTheClock() {
    return true;
  }

  @Override
  public Occurrences occurrences(LocalDateTime start, ZoneId userZone) {
    return occurrences(start, userZone, terms.count());
  }

  @Override
  public Occurrences uncounted(LocalDateTime start, ZoneId userZone) {
    return occurrences(start, userZone, null);
  }

  private Occurrences occurrences(LocalDateTime start, ZoneId userZone, @Nullable Integer count) {
    return new Occurrences(
        new LocalTimes(new OfTimes(read.days(), times()), start, terms.lastLocal(), count, terms),
        null,
        timeZone().orElse(userZone));
  }

  private int[] times() {
    int[] times = new int[Integer.bitCount(read.hours()) * Long.bitCount(read.minutes())];
    int size = 0;
    for (int hour = 0; hour < 24; hour++) {
      for (int minute = 0; minute < 60; minute++) {
        if ((read.hours() & 1 << hour) != 0 && (read.minutes() & 1L << minute) != 0) {
          times[size++] = hour * 3600 + minute * 60 + read.second();
        }
      }
    }
    return times;
  }

  private static final class OfTimes implements LocalPattern {

    private final Periods months;
    private final int[] times;

    OfTimes(CronDays days, int[] times) {
      this.months = new Periods.Months(days);
      this.times = times;
    }

    @Override
    public Cursor from(long second) {
      long day = Math.floorDiv(second, Cursor.DAY);
      return new PeriodCursor(months, 1, day, times, new int[0], 0, second);
    }

    @Override
    public boolean clamped(LocalDate day) {
      return false;
    }
  }
}
