package dev.punctual.recurrence;

import dev.punctual.recurrence.SlowRule.Day;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rules drawn by chance, of every frequency and with any parts that may stand together. */
final class RandomRules {

  private static final List<ZoneId> ZONES =
      Stream.of(
              "Europe/Berlin",
              "America/New_York",
              "Australia/Lord_Howe",
              "Africa/Cairo",
              "America/Sao_Paulo",
              "Antarctica/Troll",
              "Pacific/Apia")
          .map(ZoneId::of)
          .toList();

  private final Random random;

  RandomRules(long seed) {
    this.random = new Random(seed);
  }

  SlowRule rule() {
    String frequency = List.of("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY").get(pick(5));
    boolean yearly = frequency.equals("YEARLY");
    boolean monthly = frequency.equals("MONTHLY");
    String skip =
        yearly || monthly ? List.of("OMIT", "OMIT", "BACKWARD", "FORWARD").get(pick(4)) : "OMIT";
    List<Integer> months = some(4, i -> 1 + pick(12));
    List<Integer> weeks = yearly && skip.equals("OMIT") ? some(5, i -> signed(53)) : List.of();
    List<Integer> yearDays =
        skip.equals("OMIT") && (yearly || frequency.equals("HOURLY"))
            ? some(6, i -> signed(366))
            : List.of();
    List<Integer> monthDays =
        frequency.equals("WEEKLY")
            ? List.of()
            : some(3, i -> pick(2) == 0 ? 27 + pick(5) : signed(31));
    boolean numbered =
        weeks.isEmpty() && (monthly || yearly) && !skip.equals("FORWARD") && pick(2) == 0;
    int most = yearly && months.isEmpty() ? 53 : 5;
    List<Day> weekdays =
        some(3, i -> new Day(numbered ? signed(most) : 0, DayOfWeek.of(1 + pick(7))));
    List<Integer> hours = some(6, i -> pick(24));
    List<Integer> minutes = some(6, i -> pick(60));
    List<Integer> seconds = some(6, i -> pick(60)).stream().limit(1).toList();
    boolean anything =
        !(months.isEmpty()
            && weeks.isEmpty()
            && yearDays.isEmpty()
            && monthDays.isEmpty()
            && weekdays.isEmpty()
            && hours.isEmpty()
            && minutes.isEmpty()
            && seconds.isEmpty());
    List<Integer> positions = anything ? some(4, i -> signed(6)) : List.of();
    int interval = pick(2) == 0 ? 1 : 1 + pick(5);
    return new SlowRule(
        frequency,
        interval,
        DayOfWeek.of(1 + pick(7)),
        skip,
        months,
        weeks,
        yearDays,
        monthDays,
        weekdays,
        hours,
        minutes,
        seconds,
        positions,
        List.of(),
        0);
  }

  /** One that the structured form can write. */
  SlowRule structured() {
    String frequency = List.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY").get(pick(4));
    boolean ofMonth = frequency.equals("MONTHLY") || frequency.equals("YEARLY");
    String days =
        ofMonth
            ? List.of("NTH", "WORKING", "DATES", "START").get(pick(4))
            : frequency.equals("WEEKLY") ? "WEEKDAYS" : "START";
    int nth = days.equals("NTH") ? signed(5) : 0;
    boolean weekdays = days.equals("NTH") || days.equals("WEEKDAYS");
    return new SlowRule(
        frequency,
        pick(2) == 0 ? 1 : 1 + pick(5),
        DayOfWeek.MONDAY,
        ofMonth && pick(3) > 0 ? "BACKWARD" : "OMIT",
        frequency.equals("YEARLY") ? some(2, i -> 1 + pick(12)) : List.of(),
        List.of(),
        List.of(),
        days.equals("DATES") ? some(1, i -> pick(2) == 0 ? 27 + pick(5) : signed(31)) : List.of(),
        weekdays ? some(1, i -> new Day(nth, DayOfWeek.of(1 + pick(7)))) : List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        some(2, i -> LocalTime.of(pick(24), pick(60))),
        days.equals("WORKING") ? pick(2) * 2 - 1 : 0);
  }

  /** An expression of UNIX that cron-utils reads alike: it does not see the star in a step. */
  String cron() {
    String day = pick(2) == 0 ? cronField(1, 31) : "*";
    String weekday = !day.equals("*") && pick(3) > 0 ? "*" : cronField(0, 6);
    boolean readAlike = day.equals("*") || !(day + weekday).contains("*/");
    return String.join(
        " ", cronField(0, 59), cronField(0, 23), day, cronField(1, 12), readAlike ? weekday : "*");
  }

  String cronField(int min, int max) {
    int from = min + pick(max - min + 1);
    int to = from + pick(max - from + 1);
    return switch (pick(7)) {
      case 0 -> "" + from;
      case 1 -> from + "-" + to;
      case 2 -> from + "-" + to + "/" + (1 + pick(4));
      case 3 -> "*/" + (1 + pick(max / 2));
      case 4 -> from == to ? "" + from : from + "," + to;
      default -> "*";
    };
  }

  /** An end, dates left out and dates added; often those that the pattern has. */
  SlowTerms terms(List<LocalDateTime> pattern, LocalDateTime start, boolean mayHaveUntil) {
    if (pick(3) == 0) {
      return SlowTerms.NONE;
    }
    int end = pick(mayHaveUntil ? 5 : 4);
    LocalDateTime at = one(pattern, start);
    return new SlowTerms(
        end == 1 ? 1 + pick(40) : null,
        end == 2 ? at.toLocalDate() : null,
        end == 4 ? at.toInstant(ZoneOffset.UTC).plusSeconds(pick(7_200) - 3_600L) : null,
        some(2, i -> moment(pattern, start)),
        some(2, i -> moment(pattern, start)));
  }

  private String moment(List<LocalDateTime> pattern, LocalDateTime start) {
    LocalDateTime at = one(pattern, start);
    return pick(2) == 0 ? at.toString() : at.toLocalDate().toString();
  }

  private LocalDateTime one(List<LocalDateTime> pattern, LocalDateTime start) {
    return pattern.isEmpty() || pick(3) == 0
        ? start.plusDays(pick(100) - 5L).withMinute(pick(60))
        : pattern.get(pick(Math.min(pattern.size(), 60)));
  }

  /** Half of them UTC; the others have gaps and overlaps of an hour, half an hour and a day. */
  ZoneId zone() {
    return pick(2) == 0 ? Rules.UTC : ZONES.get(pick(ZONES.size()));
  }

  LocalDateTime start() {
    return LocalDateTime.of(1995 + pick(60), 1, 1, pick(24), pick(60))
        .plusDays(pick(366))
        .plusSeconds(pick(4) == 0 ? pick(60) : 0);
  }

  int pick(int bound) {
    return random.nextInt(bound);
  }

  private int signed(int most) {
    return (1 + pick(most)) * (pick(3) == 0 ? -1 : 1);
  }

  /** Mostly nothing; else a few, and now and then many. */
  private <T> List<T> some(int rarity, IntFunction<T> one) {
    if (pick(rarity) != 0) {
      return List.of();
    }
    int size = 1 + pick(pick(8) == 0 ? 12 : 3);
    return IntStream.range(0, size).mapToObj(one).distinct().toList();
  }
}
