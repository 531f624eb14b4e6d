package dev.punctual.recurrence;

import dev.punctual.recurrence.ByParts.NthDay;
import dev.punctual.recurrence.CronField.NotUnderstood;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a cron expression of one of the two dialects. */
final class CronText {

  /**
   * What an expression means.
   *
   * @param minutes bits 0 to 59
   * @param hours bits 0 to 23
   */
  record Read(int second, long minutes, int hours, CronDays days) {}

  private static final Map<String, String> ALIASES =
      Map.of(
          "@YEARLY", "0 0 1 1 *",
          "@ANNUALLY", "0 0 1 1 *",
          "@MONTHLY", "0 0 1 * *",
          "@WEEKLY", "0 0 * * 0",
          "@DAILY", "0 0 * * *",
          "@MIDNIGHT", "0 0 * * *",
          "@HOURLY", "0 * * * *");

  private static final String WITHOUT_LISTS = " stands without a list";

  private final boolean quartz;
  private final List<Integer> last = new ArrayList<>();
  private final List<Integer> nearest = new ArrayList<>();
  private final List<NthDay> nthWeekdays = new ArrayList<>();

  private CronText(boolean quartz) {
    this.quartz = quartz;
  }

  static Read read(String text, boolean quartz) throws NotUnderstood {
    String upper = text.toUpperCase(Locale.ROOT);
    if (upper.startsWith("@")) {
      String meant = quartz ? null : ALIASES.get(upper);
      if (meant == null) {
        throw new NotUnderstood(CronField.shown(text) + " is not a known alias");
      }
      upper = meant;
    }
    String[] fields = upper.split(" ");
    int expected = quartz ? 6 : 5;
    if (quartz && fields.length == 7) {
      throw new NotUnderstood("a 7th field, the year, is not supported; give end_date beside cron");
    }
    if (fields.length != expected) {
      throw new NotUnderstood(fields.length + " fields instead of " + expected);
    }
    return new CronText(quartz).read(fields);
  }

  private Read read(String[] fields) throws NotUnderstood {
    int next = 0;
    long seconds = quartz ? field("second").bits(fields[next++]) : 1;
    if (Long.bitCount(seconds) != 1) {
      throw new NotUnderstood(
          "second "
              + CronField.shown(fields[0])
              + " is more than once a minute, which is not supported; write one second");
    }
    long minutes = field("minute").bits(fields[next++]);
    long hours = field("hour").bits(fields[next++]);
    String day = fields[next++];
    long months = field("month").bits(fields[next++]);
    String weekday = fields[next];
    int days = days(day);
    int weekdays = weekdays(weekday);
    if (quartz && day.equals("?") == weekday.equals("?")) {
      throw new NotUnderstood("exactly one of day of month and day of week is ?");
    }
    // As cron has always done: a field that begins with a star, be it */2, asks for both to match.
    boolean either = !quartz && !day.startsWith("*") && !weekday.startsWith("*");
    if (either && (days == DayBits.all(31) || weekdays == 0x7f)) {
      days = DayBits.all(31);
      weekdays = 0x7f;
    }
    return new Read(
        Long.numberOfTrailingZeros(seconds),
        minutes,
        (int) hours,
        new CronDays(
            (int) months,
            days,
            List.copyOf(last),
            List.copyOf(nearest),
            weekdays,
            List.copyOf(nthWeekdays),
            either));
  }

  private CronField field(String name) {
    return CronField.of(name, quartz);
  }

  private boolean isEvery(String text) {
    return text.equals("*") || (quartz && text.equals("?"));
  }

  private int days(String text) throws NotUnderstood {
    CronField field = field("day of month");
    if (isEvery(text)) {
      return DayBits.all(31);
    }
    if (!quartz || text.matches("[\\d,/*-]+")) {
      return (int) (field.bits(text) >>> 1);
    }
    if (text.equals("LW") || text.equals("WL")) {
      nearest.add(0);
    } else if (text.equals("L")) {
      last.add(0);
    } else if (text.matches("L-\\d{1,2}")) {
      int before = Integer.parseInt(text.substring(2));
      if (before > 30) {
        throw new NotUnderstood("day of month " + text + " is before every month");
      }
      last.add(before);
    } else if (text.matches("\\d{1,2}W")) {
      nearest.add(field.number(text.substring(0, text.length() - 1)));
    } else {
      throw new NotUnderstood(
          "day of month " + CronField.shown(text) + (text.contains(",") ? WITHOUT_LISTS : ""));
    }
    return 0;
  }

  private int weekdays(String text) throws NotUnderstood {
    CronField field = field("day of week");
    if (isEvery(text)) {
      return 0x7f;
    }
    if (quartz && text.equals("L")) {
      return 1 << 5;
    }
    if (quartz && text.contains("#")) {
      int hash = text.indexOf('#');
      String nth = text.substring(hash + 1);
      if (!nth.matches("[1-5]")) {
        throw new NotUnderstood("day of week " + CronField.shown(text) + ": # takes 1 to 5");
      }
      nthWeekdays.add(
          new NthDay(Integer.parseInt(nth), weekday(field.number(text.substring(0, hash)))));
      return 0;
    }
    if (quartz && text.length() > 1 && text.endsWith("L")) {
      nthWeekdays.add(new NthDay(-1, weekday(field.number(text.substring(0, text.length() - 1)))));
      return 0;
    }
    long bits = field.bits(text);
    // To Monday as bit 0: Quartz begins with Sunday as 1, UNIX with Sunday as 0 and as 7.
    long sundayFirst = quartz ? bits >>> 1 : (bits & 0x7f) | bits >>> 7;
    return (int) (sundayFirst >>> 1 | (sundayFirst & 1) << 6);
  }

  private static DayOfWeek weekday(int quartz) {
    return DayOfWeek.SUNDAY.plus(quartz - 1L);
  }
}
