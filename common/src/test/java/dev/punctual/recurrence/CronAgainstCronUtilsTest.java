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
import org.junit.jupiter.api.Test;

/** The same expressions as cron-utils, run plainly on the wall clock. */
class CronAgainstCronUtilsTest {

  private static final CronParser UNIX =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  private static final CronParser QUARTZ =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));
  // Not 28W: cron-utils leaves it on a Sunday, 28 February 2027; Quartz takes the Friday before.
  private static final List<String> SPECIAL_DAYS = List.of("L", "LW", "L-3", "15W", "1W", "27W");
  private static final List<String> SPECIAL_WEEKDAYS =
      List.of("6L", "2L", "6#3", "FRI#1", "1#5", "MON-FRI");

  private final RandomRules random = new RandomRules(6);

  @Test
  void a_unix_expression_fires_when_cron_utils_says() {
    for (int i = 0; i < 1_000; i++) {
      String text = random.cron();
      compare(text, "{'cron': '" + text + "'}", UNIX);
    }
  }

  @Test
  void a_quartz_expression_fires_when_cron_utils_says() {
    for (int i = 0; i < 1_000; i++) {
      boolean byDay = random.pick(2) == 0;
      String day = random.pick(3) == 0 ? one(SPECIAL_DAYS) : random.cronField(1, 31);
      String weekday = random.pick(3) == 0 ? one(SPECIAL_WEEKDAYS) : random.cronField(1, 7);
      String text =
          String.join(
              " ",
              "" + random.pick(60),
              random.cronField(0, 59),
              random.cronField(0, 23),
              byDay ? day : "?",
              random.cronField(1, 12),
              byDay ? "?" : weekday);
      compare(text, "{'cron': '" + text + "', 'dialect': 'quartz'}", QUARTZ);
    }
  }

  private void compare(String text, String json, CronParser parser) {
    LocalDateTime start =
        LocalDateTime.of(2020 + random.pick(20), 1, 1, 0, 0).plusMinutes(random.pick(525_600));
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

  private String one(List<String> choices) {
    return choices.get(random.pick(choices.size()));
  }
}
