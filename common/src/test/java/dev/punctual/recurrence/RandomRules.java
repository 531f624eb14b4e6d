package dev.punctual.recurrence;

import dev.punctual.recurrence.SlowRule.Day;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Rules drawn by chance, of every frequency and with any parts that may stand together. */
final class RandomRules {

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
    boolean anything =
        !(months.isEmpty()
            && weeks.isEmpty()
            && yearDays.isEmpty()
            && monthDays.isEmpty()
            && weekdays.isEmpty()
            && hours.isEmpty()
            && minutes.isEmpty());
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
        positions);
  }

  LocalDateTime start() {
    return LocalDateTime.of(1995 + pick(60), 1, 1, pick(24), pick(60)).plusDays(pick(366));
  }

  int pick(int bound) {
    return random.nextInt(bound);
  }

  private int signed(int most) {
    return (1 + pick(most)) * (pick(3) == 0 ? -1 : 1);
  }

  /** Mostly nothing; else a few. */
  private <T> List<T> some(int rarity, IntFunction<T> one) {
    return pick(rarity) != 0
        ? List.of()
        : IntStream.range(0, 1 + pick(3)).mapToObj(one).distinct().toList();
  }
}
