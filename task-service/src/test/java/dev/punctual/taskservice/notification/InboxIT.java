package dev.punctual.taskservice.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());
  private final String prefix = user.email() + "-";

  @BeforeEach
  void three_reminders_have_fired() {
    for (int i = 1; i <= 3; i++) {
      user.rows()
          .jdbc()
          .sql(
              """
              INSERT INTO notifications (id, user_id, task_id, title, remind_at, fired_at, late_by_ms)
              SELECT :id, u.id, :id, 'Reminder ' || :n, now(), now(), 5 FROM users u WHERE u.email = :email
              """)
          .param("id", prefix + i)
          .param("n", i)
          .param("email", user.email())
          .update();
    }
  }

  @Test
  void the_newest_comes_first_and_pages_follow() {
    var first = user.get("/api/notifications?limit=2").is(200).body();
    var second =
        user.get("/api/notifications?limit=2&cursor=" + first.path("next_cursor").asString());

    assertThat(first.at("/items/0/title").asString()).isEqualTo("Reminder 3");
    assertThat(first.at("/items/0/late_by_ms").asLong()).isEqualTo(5);
    assertThat(second.is(200).body().at("/items/0/title").asString()).isEqualTo("Reminder 1");
    assertThat(second.body().path("next_cursor").isNull()).isTrue();
  }

  @Test
  void what_was_read_stays_read_at_the_first_instant() {
    var read = user.post("/api/notifications/" + prefix + "2/read").is(200).body();

    assertThat(user.post("/api/notifications/" + prefix + "2/read").is(200).body()).isEqualTo(read);
    assertThat(unread()).containsExactly(prefix + "3", prefix + "1");
    assertThat(user.post("/api/notifications/read").is(200).body().path("marked").asInt())
        .isEqualTo(2);
    assertThat(unread()).isEmpty();
  }

  @Test
  void another_users_inbox_does_not_exist() {
    var other = ApiUser.anybody(RunningService.shared());

    assertThat(other.get("/api/notifications").body().path("items").size()).isZero();
    other.post("/api/notifications/" + prefix + "1/read").isProblem(404);
    other.post("/api/notifications/read").is(200);
    assertThat(unread()).hasSize(3);
  }

  private List<String> unread() {
    return user.get("/api/notifications?unread=true")
        .is(200)
        .body()
        .path("items")
        .valueStream()
        .map(item -> item.path("id").asString())
        .toList();
  }
}
