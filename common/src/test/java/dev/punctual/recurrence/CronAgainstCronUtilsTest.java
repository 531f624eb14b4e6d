package dev.punctual.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same expressions as cron-utils, run plainly on the wall clock. */
class CronAgainstCronUtilsTest {

  private static final CronParser UNIX =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  private static final CronParser QUARTZ =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));
  private static final List<String> SPECIAL_DAYS = List.of("L", "LW", "L-3", "15W", "1W", "28W");
  private static final List<String> SPECIAL_WEEKDAYS =
      List.of("6L", "2L", "6#3", "FRI#1", "1#5", "MON-FRI");

  private final Random random = new Random(6);

  @Test
  void a_unix_expression_fires_when_cron_utils_says() {
    for (int i = 0; i < 1_000; i++) {
      boolean byDay = random.nextBoolean();
      String text =
          String.join(
              " ",
              field(0, 59),
              field(0, 23),
              byDay ? field(1, 31) : "*",
              field(1, 12),
              byDay && random.nextInt(3) > 0 ? "*" : field(0, 6));
      compare(text, "{'cron': '" + text + "'}", UNIX);
    }
  }

  @Test
  void a_quartz_expression_fires_when_cron_utils_says() {
    for (int i = 0; i < 1_000; i++) {
      boolean byDay = random.nextBoolean();
      String day = random.nextInt(3) == 0 ? one(SPECIAL_DAYS) : field(1, 31);
      String weekday = random.nextInt(3) == 0 ? one(SPECIAL_WEEKDAYS) : field(1, 7);
      String text =
          String.join(
              " ",
              "" + random.nextInt(60),
              field(0, 59),
              field(0, 23),
              byDay ? day : "?",
              field(1, 12),
              byDay ? "?" : weekday);
      compare(text, "{'cron': '" + text + "', 'dialect': 'quartz'}", QUARTZ);
    }
  }

  private void compare(String text, String json, CronParser parser) {
    LocalDateTime start =
        LocalDateTime.of(2020 + random.nextInt(20), 1, 1, 0, 0)
            .plusMinutes(random.nextInt(525_600));
    // cron-utils looks no further than 2099.
    assertThat(
            Rules.rule(json).occurrences(start.plusSeconds(1), Rules.UTC).first(5).stream()
                .map(Occurrence::local)
                .filter(local -> local.getYear() < 2100))
        .as("%s from %s", text, start)
        .isEqualTo(theirs(ExecutionTime.forCron(parser.parse(text)), start));
  }

  private static List<LocalDateTime> theirs(ExecutionTime cron, LocalDateTime start) {
    List<LocalDateTime> times = new ArrayList<>();
    ZonedDateTime from = start.atZone(ZoneOffset.UTC);
    while (times.size() < 5) {
      var next = cron.nextExecution(from);
      if (next.isEmpty()) {
        break;
      }
      from = next.get();
      times.add(from.toLocalDateTime());
    }
    return times;
  }

  private String field(int min, int max) {
    int from = min + random.nextInt(max - min + 1);
    int to = from + random.nextInt(max - from + 1);
    return switch (random.nextInt(7)) {
      case 0 -> "" + from;
      case 1 -> from + "-" + to;
      case 2 -> from + "-" + to + "/" + (1 + random.nextInt(4));
      case 3 -> "*/" + (1 + random.nextInt(max / 2));
      case 4 ->
          IntStream.of(from, to).distinct().mapToObj(n -> "" + n).collect(Collectors.joining(","));
      default -> "*";
    };
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
