package dev.punctual.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns an English phrase, such as "every other monday at 9", into the JSON of another form. */
final class Phrases {

  /** What is understood, as a refusal shows it; a test reads each of them. */
  static final List<String> UNDERSTOOD =
      List.of(
          "every day at 9",
          "every 3 days",
          "every weekday at 9:30 and 17:00",
          "every other monday at 9am",
          "every 2 weeks on tuesday and thursday until march 2027",
          "every day until 2027-03-31",
          "every month on the 31st",
          "the 1st and 15th of every month",
          "the third friday of the month",
          "last working day of the month",
          "every year on march 5",
          "every 15 minutes",
          "every day 10 times",
          "3 days after completion");

  private static final Pattern TIMES = Pattern.compile("(.*?\\S) (?:for )?(\\w+) times");
  private static final Pattern TAIL = Pattern.compile("(.*\\S) (at|until|till|after) (.+)");
  private static final Pattern COMPLETION =
      Pattern.compile(
          "(?:i|we)(?: have|'ve)? (?:finish|finished|complete|completed|do|did|done)(?: it)?"
              + "|(?:it|that)(?: is|'s)? (?:done|finished|completed)|completion|finishing(?: it)?"
              + "|completing(?: it)?|done");
  private static final Pattern STEP =
      Pattern.compile("(?:every )?(?:(\\w+) )?(minute|hour|day|week|month|year)s?(?: on (.+))?");
  private static final Pattern WEEKDAYS = Pattern.compile("(?:every |on )?(other )?(.+)");
  private static final Pattern OF_MONTH =
      Pattern.compile("(?:every |on )?(?:the )?(.+?) (?:of|in) (?:the|every|each|a) month");
  private static final Pattern DAY_OF_MONTH =
      Pattern.compile("(?:the )?(last|first) (day|working day|business day|workday|weekday)");
  private static final Pattern NUMBERED_DAYS =
      Pattern.compile("(?:(?:^|, and |, ?| and | & )(?:the )?\\d{1,2}(?:st|nd|rd|th))+");
  private static final Pattern NTH_WEEKDAY = Pattern.compile("(?:the )?(\\w+) (\\w+)");

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final @Nullable LocalDate start;

  private Phrases(@Nullable LocalDate start) {
    this.start = start;
  }

  /**
   * The rule of another form that the phrase means.
   *
   * @param start the day from which an end without a year is the one that comes next
   * @throws InvalidRule with the phrases that are understood; what is wrong with a number in the
   *     phrase is told of the text, which is what was written
   */
  static RecurrenceRule parse(JsonNode rule, @Nullable LocalDate start) {
    JsonNode meant = read(rule, start);
    try {
      return RecurrenceRule.parse(meant);
    } catch (InvalidRule e) {
      throw new InvalidRule(
          e.problems().stream()
              .map(p -> rule.has(p.field().replaceAll("\\[.*", "")) ? p : p.of("text"))
              .toList());
    }
  }

  /** The same rule in another form; fields beside the text are kept. */
  private static JsonNode read(JsonNode rule, @Nullable LocalDate start) {
    String text = rule.path("text").isString() ? rule.path("text").stringValue() : "";
    Phrases phrase = new Phrases(start);
    if (text.length() > RecurrenceRule.MOST_TEXT || !phrase.understands(normal(text))) {
      String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
      throw new InvalidRule(
          "text",
          "\"" + shown + "\" is not understood",
          "write such as: " + String.join("; ", UNDERSTOOD));
    }
    for (var field : rule.properties()) {
      if (!field.getKey().equals("text")) {
        if (phrase.json.has(field.getKey())) {
          throw new InvalidRule(field.getKey(), "the text says it already", "say it once");
        }
        phrase.json.set(field.getKey(), field.getValue());
      }
    }
    return phrase.json;
  }

  private static String normal(String text) {
    return text.toLowerCase(Locale.ROOT)
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll("[.!]+$", "")
        .replaceAll("\\beach\\b", "every")
        .replaceAll("^daily\\b", "every day")
        .replaceAll("^hourly\\b", "every hour")
        .replaceAll("^weekly\\b", "every week")
        .replaceAll("^monthly\\b", "every month")
        .replaceAll("^(?:yearly|annually)\\b", "every year")
        .replaceAll("^(?:biweekly|fortnightly|every fortnight)\\b", "every 2 weeks")
        .replaceAll("^(?:quarterly|every quarter)\\b", "every 3 months")
        .replaceAll(
            "^(?:on |every )?(?:weekday|workday|working day|business day)s?\\b", "every weekday")
        .replaceAll("^(?:on |every )?(?:weekend)s?\\b", "every saturday and sunday");
  }

  private boolean understands(String text) {
    Matcher times = TIMES.matcher(text);
    if (times.matches() && !json.has("count")) {
      Optional<Integer> count = PhraseWords.number(times.group(2));
      count.ifPresent(number -> json.put("count", number));
      return count.isPresent() && understands(times.group(1));
    }
    Matcher tail = TAIL.matcher(text);
    if (!tail.matches()) {
      return isWhole(text);
    }
    boolean understood =
        switch (tail.group(2)) {
          case "at" -> at(tail.group(3));
          case "after" -> after(tail.group(3));
          default -> until(tail.group(3));
        };
    return understood && understands(tail.group(1));
  }

  private boolean at(String text) {
    List<LocalTime> times = PhraseWords.list(text, PhraseWords::time);
    ArrayNode array = json.putArray("times");
    times.forEach(time -> array.add(time.toString()));
    return !times.isEmpty();
  }

  private boolean after(String text) {
    json.put("anchor", "completion");
    return COMPLETION.matcher(text).matches();
  }

  private boolean until(String said) {
    Optional<LocalDate> end = PhraseEnd.of(said, start);
    end.ifPresent(date -> json.put("end_date", date.toString()));
    return end.isPresent();
  }

  private boolean isWhole(String text) {
    if (text.equals("every weekday")) {
      return weekly(1, List.of(DayOfWeek.values()).subList(0, 5));
    }
    return isStep(text) || isWeekdays(text) || isOfMonth(text) || isYearly(text);
  }

  private boolean isStep(String text) {
    Matcher step = STEP.matcher(text);
    if (!step.matches()) {
      return false;
    }
    String word = step.group(1);
    Optional<Integer> number = word == null ? Optional.of(1) : PhraseWords.number(word);
    if (number.isEmpty() || !(text.startsWith("every") || (word != null && json.has("anchor")))) {
      return false;
    }
    String on = step.group(3);
    return switch (step.group(2)) {
      case "minute" -> on == null && minutes(number.get());
      case "hour" -> on == null && hours(number.get());
      case "day" -> on == null && frequency("daily", number.get());
      case "week" ->
          on == null
              ? frequency("weekly", number.get())
              : weekly(number.get(), PhraseWords.list(on, PhraseWords::weekday));
      case "month" -> frequency("monthly", number.get()) && (on == null || dayOfMonth(on));
      default -> on == null ? frequency("yearly", number.get()) : yearly(number.get(), on);
    };
  }

  /** As cron, which starts anew each hour: so only what divides it, and not from a completion. */
  private boolean minutes(int step) {
    json.put("cron", step == 1 ? "* * * * *" : "*/" + step + " * * * *");
    return 60 % step == 0 && step < 60 && !json.has("times") && !json.has("anchor");
  }

  private boolean hours(int step) {
    json.put("rrule", "FREQ=HOURLY" + (step == 1 ? "" : ";INTERVAL=" + step));
    return !json.has("times");
  }

  private boolean frequency(String frequency, int interval) {
    json.put("frequency", frequency);
    if (interval != 1) {
      json.put("interval", interval);
    }
    return true;
  }

  private boolean weekly(int interval, List<DayOfWeek> days) {
    frequency("weekly", interval);
    ArrayNode array = json.putArray("days");
    days.forEach(day -> array.add(day.name().substring(0, 3).toLowerCase(Locale.ROOT)));
    return !days.isEmpty();
  }

  private boolean isWeekdays(String text) {
    Matcher matcher = WEEKDAYS.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    List<DayOfWeek> days = PhraseWords.list(matcher.group(2), PhraseWords::weekday);
    return !days.isEmpty() && weekly(matcher.group(1) == null ? 1 : 2, days);
  }

  private boolean isOfMonth(String text) {
    Matcher matcher = OF_MONTH.matcher(text);
    if (matcher.matches()) {
      return frequency("monthly", 1) && dayOfMonth(matcher.group(1));
    }
    if (!text.startsWith("every ")) {
      return false;
    }
    String day = text.substring("every ".length());
    return isOneOfMonth(day) && frequency("monthly", 1) && dayOfMonth(day);
  }

  /** "Every second friday" and "every two" may mean every other: refused rather than guessed. */
  private static boolean isOneOfMonth(String day) {
    Matcher nth = NTH_WEEKDAY.matcher(day);
    if (nth.matches() && PhraseWords.weekday(nth.group(2)).isPresent()) {
      return !PhraseWords.ordinal(nth.group(1)).equals(Optional.of(2));
    }
    return DAY_OF_MONTH.matcher(day).matches() || NUMBERED_DAYS.matcher(day).matches();
  }

  private boolean dayOfMonth(String text) {
    Matcher named = DAY_OF_MONTH.matcher(text);
    if (named.matches()) {
      boolean last = named.group(1).equals("last");
      if (!named.group(2).equals("day")) {
        json.put("day_of_month", last ? "last_working" : "first_working");
      } else if (last) {
        json.put("day_of_month", "last");
      } else {
        json.put("day_of_month", 1);
      }
      return true;
    }
    Matcher nth = NTH_WEEKDAY.matcher(text);
    if (nth.matches() && PhraseWords.weekday(nth.group(2)).isPresent()) {
      Optional<Integer> ordinal = PhraseWords.ordinal(nth.group(1));
      ordinal.ifPresent(number -> json.put("nth", number));
      json.putArray("days").add(nth.group(2).substring(0, 3));
      return ordinal.isPresent();
    }
    String plain = text.replaceAll("^the ", "").replaceAll("^day ", "");
    List<Integer> days =
        PhraseWords.list(
            plain,
            item ->
                PhraseWords.ordinal(item.replaceAll("^the ", ""))
                    .or(() -> PhraseWords.number(item)));
    ArrayNode array = json.putArray("day_of_month");
    days.forEach(array::add);
    return !days.isEmpty() && days.stream().allMatch(day -> day >= 1 && day <= 31);
  }

  private boolean isYearly(String text) {
    return text.startsWith("every ") && yearly(1, text.substring("every ".length()));
  }

  private boolean yearly(int interval, String on) {
    Optional<PhraseWords.Date> date = PhraseWords.date(on);
    if (date.isEmpty() || date.get().year() != 0) {
      return false;
    }
    frequency("yearly", interval);
    json.putArray("months").add(date.get().month());
    json.put("day_of_month", date.get().day());
    return true;
  }
}
