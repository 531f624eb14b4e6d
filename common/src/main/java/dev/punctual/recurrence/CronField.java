package dev.punctual.recurrence;

import java.util.List;

/**
 * One field of a cron expression: what its numbers may be, and how lists, ranges, steps and names
 * become bits.
 *
 * @param names names for the numbers from {@code min} on; empty if there are none
 * @param wraps whether a range may go over the end, such as FRI-MON
 */
record CronField(String name, int min, int max, List<String> names, boolean wraps) {

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  static CronField of(String name, boolean quartz) {
    return switch (name) {
      case "second", "minute" -> new CronField(name, 0, 59, List.of(), quartz);
      case "hour" -> new CronField(name, 0, 23, List.of(), quartz);
      case "day of month" -> new CronField(name, 1, 31, List.of(), quartz);
      case "month" -> new CronField(name, 1, 12, MONTHS, quartz);
      // Sunday is 0 and also 7 in UNIX, 1 in Quartz.
      default -> new CronField(name, quartz ? 1 : 0, 7, WEEKDAYS, quartz);
    };
  }

  /** Thrown for a field that is not understood; the message names the field. */
  static final class NotUnderstood extends Exception {
    NotUnderstood(String message) {
      super(message);
    }
  }

  /** The field's numbers as bits. */
  long bits(String text) throws NotUnderstood {
    long bits = 0;
    for (String item : text.split(",", -1)) {
      bits |= item(item);
    }
    return bits;
  }

  private long item(String item) throws NotUnderstood {
    int slash = item.indexOf('/');
    String range = slash < 0 ? item : item.substring(0, slash);
    int step = slash < 0 ? 1 : step(item.substring(slash + 1));
    if (range.equals("*")) {
      return every(step, min, max);
    }
    int dash = range.indexOf('-');
    int from = number(dash < 0 ? range : range.substring(0, dash));
    if (dash < 0) {
      return slash < 0 ? 1L << from : every(step, from, max);
    }
    int to = number(range.substring(dash + 1));
    if (from <= to) {
      return every(step, from, to);
    }
    if (!wraps) {
      throw new NotUnderstood(name + " " + item + " runs backwards");
    }
    long bits = 0;
    int size = max - min + 1;
    for (int i = from; i <= to + size; i += step) {
      bits |= 1L << (i > max ? i - size : i);
    }
    return bits;
  }

  private int step(String text) throws NotUnderstood {
    int step = text.matches("\\d{1,2}") ? Integer.parseInt(text) : 0;
    if (step < 1 || step > max) {
      throw new NotUnderstood(name + " step /" + shown(text) + " is not from 1 to " + max);
    }
    return step;
  }

  private static long every(int step, int from, int to) {
    long bits = 0;
    for (int i = from; i <= to; i += step) {
      bits |= 1L << i;
    }
    return bits;
  }

  int number(String text) throws NotUnderstood {
    int named = names.indexOf(text);
    int number = named >= 0 ? min + named : text.matches("\\d{1,2}") ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      throw new NotUnderstood(name + " " + shown(text) + " is not from " + min + " to " + max);
    }
    return number;
  }

  static String shown(String text) {
    return text.isEmpty() ? "(nothing)" : text.length() > 20 ? text.substring(0, 20) + "…" : text;
  }
}
