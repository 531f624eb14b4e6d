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

  private static final int MANY = 6;

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
    if (terms.catchUp() == CatchUp.Policy.ALL) {
      ending.append(", past ones too");
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
    String days = parts.weekdays().isEmpty() ? "" : weekdayNames("and");
    if (parts.frequency() == Frequency.WEEKLY && !days.isEmpty()) {
      said.append(" on ").append(days);
    }
  }

  private void sayDays() {
    String day = day();
    if (!day.isEmpty()) {
      said.append(" on ").append(day);
    }
    if (!parts.months().isEmpty()) {
      said.append(parts.frequency() == Frequency.YEARLY && !day.isEmpty() ? " of " : " in ");
      said.append(joined(parts.months().stream().map(Description::name).toList(), "and"));
    }
    if (!parts.positions().isEmpty() && !choosesAmongWeekdays()) {
      said.append(", only the ").append(nths(parts.positions(), "one"));
    }
    sayMonthEnd();
  }

  private String day() {
    List<String> choices = new ArrayList<>();
    if (parts.workingDay() != 0) {
      choices.add("the " + (parts.workingDay() < 0 ? "last" : "first") + " working day");
    }
    if (!parts.monthDays().isEmpty()) {
      choices.add("the " + nths(parts.monthDays(), "day"));
    }
    if (!parts.yearDays().isEmpty()) {
      boolean named = parts.yearDays().get(parts.yearDays().size() - 1) < 0;
      choices.add("the " + nths(parts.yearDays(), "day") + (named ? "" : " day"));
    }
    if (parts.frequency() != Frequency.WEEKLY && !parts.weekdays().isEmpty()) {
      boolean alone = choices.isEmpty();
      choices.add(alone ? weekdayNames("and") : "a " + weekdayNames("or"));
    }
    String day = String.join(" that is ", choices);
    if (choosesAmongWeekdays()) {
      day = "the " + nths(parts.positions(), "one") + " of " + day;
      day = day.replace(" one of ", " of ");
    }
    if (!parts.weeks().isEmpty()) {
      day +=
          (day.isEmpty() ? "the start's weekday" : "") + " of week " + joined(parts.weeks(), "and");
    }
    return day;
  }

  private boolean choosesAmongWeekdays() {
    return !parts.positions().isEmpty()
        && !parts.weekdays().isEmpty()
        && !parts.hasOrdinals()
        && parts.frequency().compareTo(Frequency.MONTHLY) >= 0
        && parts.monthDays().isEmpty()
        && parts.yearDays().isEmpty()
        && parts.hours().size() < 2
        && parts.minutes().size() < 2;
  }

  private void sayMonthEnd() {
    boolean mayMiss =
        parts.frequency().compareTo(Frequency.MONTHLY) >= 0
            && parts.monthDays().stream().anyMatch(day -> day > 28)
            && (parts.months().isEmpty() || parts.months().contains(2));
    if (mayMiss) {
      said.append(
          switch (parts.skip()) {
            case OMIT -> ", skipping months without it";
            case BACKWARD -> ", or the last day of a shorter month";
            case FORWARD -> ", or the day after a shorter month";
          });
    }
  }

  private void sayTimes() {
    List<LocalTime> times = new ArrayList<>(parts.times());
    for (int hour : parts.minutes().isEmpty() ? List.<Integer>of() : parts.hours()) {
      parts.minutes().forEach(minute -> times.add(LocalTime.of(hour, minute)));
    }
    if (!times.isEmpty() && times.size() <= MANY) {
      said.append(" at ").append(joined(times.stream().sorted().toList(), "and"));
      return;
    }
    if (!parts.hours().isEmpty()) {
      said.append(" in the hours of ").append(joined(parts.hours(), "and"));
    }
    if (!parts.minutes().isEmpty()) {
      said.append(" at minute ").append(joined(parts.minutes(), "and"));
    }
  }

  private List<DayOfWeek> weekdays() {
    return parts.weekdays().stream().map(NthDay::day).sorted().toList();
  }

  private String weekdayNames(String word) {
    return joined(
        parts.weekdays().stream()
            .sorted(java.util.Comparator.comparing(NthDay::day))
            .map(day -> (day.nth() == 0 ? "" : "the ") + nthDay(day))
            .toList(),
        word);
  }

  private static String nthDay(NthDay day) {
    String name = day.day().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return day.nth() == 0 ? name : nth(day.nth(), name);
  }

  private static String name(int month) {
    return Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String nths(List<Integer> numbers, String what) {
    return joined(numbers.stream().map(number -> nth(number, what)).toList(), "and");
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
