package dev.punctual.taskservice.recurringtask;

import static dev.punctual.taskservice.recurringtask.GivenTemplates.PATH;
import static dev.punctual.taskservice.recurringtask.GivenTemplates.daily;
import static dev.punctual.taskservice.recurringtask.GivenTemplates.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A task-service on a host whose clock is an hour ahead of the database's. */
class ClockAheadIT {

  private static final RunningService SERVICE = RunningService.start(Map.of(), HourAhead.class);

  private final ApiUser user = ApiUser.anybody(SERVICE);
  private final LocalDateTime inHalfAnHour =
      LocalDateTime.now(ZoneOffset.UTC).plusMinutes(30).truncatedTo(ChronoUnit.SECONDS);

  static class HourAhead {
    @Bean
    @Primary
    InstantSource ahead() {
      return () -> InstantSource.system().instant().plus(Duration.ofHours(1));
    }
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void nothing_that_is_still_to_come_is_passed_over() {
    var created =
        user.post(PATH, daily(Map.of("time_zone", "UTC", "start_at", inHalfAnHour.toString())))
            .is(201);
    var due = inHalfAnHour.toInstant(ZoneOffset.UTC).toString();
    assertThat(created.body().path("next_due_at").asString()).isEqualTo(due);

    var id = created.id();
    user.post(path(id) + "/pause").is(200);
    assertThat(user.post(path(id) + "/resume").is(200).body().path("next_due_at").asString())
        .isEqualTo(due);
    var everyOther = Map.of("frequency", "daily", "interval", 2);
    assertThat(
            user.patch(path(id), Map.of("recurrence_rule", everyOther))
                .is(200)
                .body()
                .path("next_due_at")
                .asString())
        .isEqualTo(due);
  }
}
