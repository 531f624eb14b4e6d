package dev.punctual.recurrence;

import dev.punctual.recurrence.ByParts.NthDay;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in English what a rule means. */
final class Description {

  private static final List<DayOfWeek> WORKING_DAYS =
      List.of(
          DayOfWeek.MONDAY,
          DayOfWeek.TUESDAY,
          DayOfWeek.WEDNESDAY,
          DayOfWeek.THURSDAY,
          DayOfWeek.FRIDAY);

  private final ByParts parts;
  private final StringBuilder said = new StringBuilder();

  private Description(ByParts parts) {
    this.parts = parts;
  }

  static String of(ByParts parts, Terms terms, OptionalInt count, RRule.@Nullable Until until) {
    Description description = new Description(parts);
    description.sayFrequency();
    description.sayDays();
    description.sayTimes();
    return description.said + ending(terms, count, until);
  }

  /** What the terms add to a pattern. */
  static String ending(Terms terms, OptionalInt count, RRule.@Nullable Until until) {
    StringBuilder ending = new StringBuilder();
    if (count.isPresent()) {
      int times = count.getAsInt();
      ending.append(times == 1 ? ", once" : ", " + times + " times");
    }
    if (terms.endDate() != null) {
      ending.append(" until ").append(terms.endDate());
    }
    if (until != null) {
      ending.append(" until ").append(until.local().toLocalDate());
    }
    if (!terms.exdates().isEmpty()) {
      ending.append(", except on ").append(joined(terms.exdates(), "and"));
    }
    if (!terms.rdates().isEmpty()) {
      ending.append(", and also on ").append(joined(terms.rdates(), "and"));
    }
    if (terms.anchor() == Anchor.COMPLETION) {
      ending.append(", counted from completion");
    }
    return ending.toString();
  }

  private void sayFrequency() {
    boolean workingDays =
        parts.frequency() == Frequency.WEEKLY
            && parts.interval() == 1
            && !parts.hasOrdinals()
            && weekdays().equals(WORKING_DAYS);
    String unit =
        switch (parts.frequency()) {
          case HOURLY -> "hour";
          case DAILY -> "day";
          case WEEKLY -> workingDays ? "weekday" : "week";
          case MONTHLY -> "month";
          case YEARLY -> "year";
        };
    said.append("every ");
    said.append(parts.interval() == 1 ? unit : parts.interval() + " " + unit + "s");
    if (workingDays) {
      return;
    }
    String days = parts.weekdays().isEmpty() ? "" : weekdayNames();
    if (parts.frequency() == Frequency.WEEKLY && !days.isEmpty()) {
      said.append(" on ").append(days);
    }
  }

  private void sayDays() {
    List<String> choices = new ArrayList<>();
    if (parts.workingDay() != 0) {
      choices.add("the " + (parts.workingDay() < 0 ? "last" : "first") + " working day");
    }
    if (!parts.monthDays().isEmpty()) {
      choices.add(
          "the " + joined(parts.monthDays().stream().map(d -> nth(d, "day")).toList(), "and"));
    }
    if (!parts.yearDays().isEmpty()) {
      choices.add(
          "the "
              + joined(parts.yearDays().stream().map(d -> nth(d, "day")).toList(), "and")
              + " of the year");
    }
    if (!parts.weeks().isEmpty()) {
      choices.add("week " + joined(parts.weeks(), "and"));
    }
    if (parts.frequency() != Frequency.WEEKLY && !parts.weekdays().isEmpty()) {
      choices.add(weekdayNames());
    }
    if (!choices.isEmpty()) {
      said.append(" on ").append(String.join(" that is ", choices));
    }
    if (!parts.months().isEmpty()) {
      said.append(parts.frequency() == Frequency.YEARLY && !choices.isEmpty() ? " of " : " in ");
      said.append(joined(parts.months().stream().map(Description::name).toList(), "and"));
    }
    if (!parts.positions().isEmpty()) {
      said.append(", only the ")
          .append(joined(parts.positions().stream().map(p -> nth(p, "one")).toList(), "and"));
    }
    if (parts.skip() == ByParts.Skip.FORWARD) {
      said.append(" (or the first day after a shorter month)");
    }
  }

  private void sayTimes() {
    if (!parts.times().isEmpty()) {
      said.append(" at ")
          .append(joined(parts.times().stream().map(LocalTime::toString).toList(), "and"));
      return;
    }
    if (parts.hours().isEmpty() && parts.minutes().isEmpty()) {
      return;
    }
    if (parts.hours().size() == 1 && parts.minutes().size() == 1) {
      said.append(" at ").append(LocalTime.of(parts.hours().get(0), parts.minutes().get(0)));
      return;
    }
    if (!parts.hours().isEmpty()) {
      said.append(" in hour ").append(joined(parts.hours(), "and"));
    }
    if (!parts.minutes().isEmpty()) {
      said.append(" at minute ").append(joined(parts.minutes(), "and"));
    }
  }

  private List<DayOfWeek> weekdays() {
    return parts.weekdays().stream().map(NthDay::day).sorted().toList();
  }

  private String weekdayNames() {
    return joined(
        parts.weekdays().stream()
            .sorted(java.util.Comparator.comparing(NthDay::day))
            .map(day -> (day.nth() == 0 ? "" : "the ") + nthDay(day))
            .toList(),
        "and");
  }

  private static String nthDay(NthDay day) {
    String name = day.day().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return day.nth() == 0 ? name : nth(day.nth(), name);
  }

  private static String name(int month) {
    return Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  /** "3rd", "last Friday", "2nd to last day". */
  static String nth(int number, String what) {
    if (number == -1) {
      return "last " + what;
    }
    int size = Math.abs(number);
    String suffix =
        size % 100 / 10 == 1
            ? "th"
            : switch (size % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    String plain = what.equals("day") || what.equals("one") ? "" : " " + what;
    return number > 0 ? size + suffix + plain : size + suffix + " to last " + what;
  }

  static String joined(List<?> items, String word) {
    List<String> texts = items.stream().map(Object::toString).collect(Collectors.toList());
    if (texts.size() < 2) {
      return String.join("", texts);
    }
    String last = texts.remove(texts.size() - 1);
    return String.join(", ", texts) + " " + word + " " + last;
  }
}
