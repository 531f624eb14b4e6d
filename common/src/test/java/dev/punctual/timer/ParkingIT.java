package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A timer that cannot be fired is put aside, and moved back as docs/timers.md says. */
class ParkingIT {

  private final TimerFixture fixture = new TimerFixture();
  private final Bell bell = fixture.bell;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_timer_that_cannot_fire_is_parked_with_its_reason_and_the_others_fire() throws IOException {
    bell.set("t", 1000, fixture.now().minusSeconds(1), 0);
    bell.broken.add("t417");

    assertThat(fixture.firing.fire(fixture.allHints()).fired()).isEqualTo(999);

    assertThat(bell.rung()).hasSize(999).doesNotHaveDuplicates().doesNotContain("t417");
    assertThat(fixture.pending()).isZero();
    assertThat(fixture.counted("parked")).isEqualTo(1);
    assertThat(fixture.counted("claimed")).isEqualTo(999);
    var parked = fixture.jdbc.sql("SELECT id, reason FROM timers_parked").query().singleRow();
    assertThat(parked).containsEntry("id", "t417");
    assertThat(parked.get("reason")).asString().contains("The bell t417 is cracked.");

    bell.broken.clear();
    assertThat(moveBack("t417")).isEqualTo(1);
    assertThat(fixture.firing.fire(fixture.allHints()).fired()).isEqualTo(1);
  }

  /** As docs/timers.md says it is done. */
  private int moveBack(String id) throws IOException {
    var page = Files.readString(Path.of("..", "docs", "timers.md"));
    int begin = page.indexOf("```sql\nWITH mended") + "```sql\n".length();
    var statement = page.substring(begin, page.indexOf("```", begin));
    return fixture
        .jdbc
        .sql(statement.replace(";", "").replace("'…'", ":id"))
        .param("id", id)
        .update();
  }

  @Test
  void a_timer_that_is_set_or_cancelled_after_it_was_parked_is_not_moved_back() throws IOException {
    bell.set("t", 3, fixture.now().minusSeconds(60), 0);
    bell.broken.addAll(Set.of("t0", "t1", "t2"));
    assertThat(fixture.firing.fire(fixture.allHints()).fired()).isZero();
    var timers = new Timers(fixture.jdbc, fixture.outbox);
    var anew = fixture.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);

    timers.set(new Timer(TimerKind.REMINDER, "t0", anew));
    timers.cancel(TimerKind.REMINDER, "t1");

    assertThat(fixture.jdbc.sql("SELECT id FROM timers_parked").query(String.class).list())
        .containsExactly("t2");
    assertThat(moveBack("t0")).isZero();
    assertThat(timers.find(TimerKind.REMINDER, "t0")).contains(anew);
  }

  @Test
  void a_timer_that_was_set_while_the_old_one_was_being_parked_stays() throws IOException {
    var anew = fixture.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
    bell.set("t", 1, anew, 0);
    fixture
        .jdbc
        .sql(
            "INSERT INTO timers_parked SELECT kind, id, slot, fire_at - interval '1 day', now(), 'test' FROM timers")
        .update();

    assertThat(moveBack("t0")).isZero();

    assertThat(fixture.allHints()).extracting(Hint::fireAt).containsExactly(anew);
  }

  @Test
  void what_is_parked_is_the_timer_that_was_tried_and_not_where_an_edit_moved_it() {
    bell.set("t", 1, fixture.now().minusSeconds(60), 0);
    var stale = fixture.allHints().get(0);
    fixture.jdbc.sql("UPDATE timers SET fire_at = fire_at + interval '30 seconds'").update();
    var current = fixture.allHints().get(0);
    var claim = new Claim(fixture.jdbc, fixture.clock);

    assertThat(claim.park(new Timer(TimerKind.REMINDER, "t0", stale.fireAt()), "old")).isFalse();
    assertThat(fixture.pending()).isEqualTo(1);

    // A stale hint finds the timer as it is now; that one cannot fire either.
    bell.broken.add("t0");
    assertThat(fixture.firing.fire(List.of(stale)).fired()).isZero();
    assertThat(fixture.pending()).isZero();
    assertThat(
            fixture
                .jdbc
                .sql("SELECT fire_at FROM timers_parked")
                .query(OffsetDateTime.class)
                .single())
        .isAtSameInstantAs(current.fireAt().atOffset(ZoneOffset.UTC));
  }
}
