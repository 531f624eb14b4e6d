package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;

class FiringIT {

  private final TimerFixture fixture = new TimerFixture();
  private final Bell bell = fixture.bell;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void what_is_due_fires_and_a_hint_that_comes_early_is_given_back() {
    bell.set("due", 1, fixture.now().minusMillis(1), 0);
    bell.set("early", 1, fixture.now().plusSeconds(60), 0);

    var outcome = fixture.firing.fire(fixture.allHints());

    assertThat(bell.rung()).containsExactly("due0");
    assertThat(outcome.fired()).isEqualTo(1);
    assertThat(outcome.early()).extracting(Hint::id).containsExactly("early0");
    assertThat(fixture.pending()).isEqualTo(1);
  }

  @Test
  void a_stale_hint_fires_nothing() {
    bell.set("t", 2, fixture.now().minusSeconds(1), 0);
    var hints = fixture.allHints();
    fixture.jdbc.sql("DELETE FROM timers WHERE id = 't0'").update();
    fixture
        .jdbc
        .sql("UPDATE timers SET fire_at = fire_at + interval '1 hour' WHERE id = 't1'")
        .update();

    var outcome = fixture.firing.fire(hints);

    assertThat(outcome).isEqualTo(new Firing.Outcome(0, List.of(), List.of()));
    assertThat(bell.rung()).isEmpty();
    assertThat(fixture.counted("lost")).isEqualTo(2);
  }

  @Test
  void an_error_parks_its_timer_like_any_other_failure() {
    bell.set("t", 9, fixture.now().minusSeconds(1), 0);
    var errors =
        Map.of(
            "t1", new StackOverflowError(),
            "t4", new AssertionError("no"),
            "t8", new NoClassDefFoundError("Gone"));
    bell.before =
        claimed ->
            claimed.stream()
                .map(timer -> errors.get(timer.id()))
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(FiringIT::raise);

    assertThat(fixture.firing.fire(fixture.allHints()).fired()).isEqualTo(6);

    assertThat(fixture.jdbc.sql("SELECT id FROM timers_parked").query(String.class).set())
        .isEqualTo(errors.keySet());
  }

  @Test
  void what_only_fails_for_one_timer_is_its_own_fault_also_if_it_looks_like_the_databases() {
    bell.set("t", 100, fixture.now().minusSeconds(1), 0);
    failWith(claimed -> claimed.contains("t42"), "XX001");
    failAlsoWith(claimed -> claimed.contains("t43"), "42501");

    assertThat(fixture.firing.fire(fixture.allHints()).fired()).isEqualTo(98);

    assertThat(fixture.jdbc.sql("SELECT id FROM timers_parked").query(String.class).set())
        .containsExactlyInAnyOrder("t42", "t43");
  }

  @Test
  void when_nothing_can_be_fired_the_database_is_at_fault_and_it_is_not_asked_a_thousand_times() {
    bell.set("t", 1000, fixture.now().minusSeconds(1), 0);
    var tries = new AtomicInteger();
    failWith(claimed -> tries.incrementAndGet() > 0, "42P01");

    assertThatThrownBy(() -> fixture.firing.fire(fixture.allHints()))
        .isInstanceOf(UncategorizedSQLException.class);
    assertThatThrownBy(() -> fixture.firing.fire(fixture.allHints().subList(0, 3)))
        .hasRootCauseInstanceOf(SQLException.class);

    assertThat(tries).hasValue(15 + 5);
    assertThat(fixture.pending()).isEqualTo(1000);
  }

  @Test
  void a_batch_that_is_too_large_for_the_memory_is_fired_in_smaller_ones() {
    bell.set("t", 100, fixture.now().minusSeconds(1), 0);
    bell.before =
        claimed -> {
          if (claimed.size() > 10) {
            raise(new OutOfMemoryError("test"));
          }
        };

    assertThat(fixture.firing.fire(fixture.allHints()).fired()).isEqualTo(100);
  }

  private void failWith(Predicate<Set<String>> fails, String sqlState) {
    bell.before = claimed -> {};
    failAlsoWith(fails, sqlState);
  }

  private void failAlsoWith(Predicate<Set<String>> fails, String sqlState) {
    var others = bell.before;
    bell.before =
        claimed -> {
          others.accept(claimed);
          if (fails.test(claimed.stream().map(FiredTimer::id).collect(Collectors.toSet()))) {
            throw new UncategorizedSQLException("t", "s", new SQLException("test", sqlState));
          }
        };
  }

  @Test
  void when_memory_runs_out_nothing_is_parked() {
    bell.set("t", 2, fixture.now().minusSeconds(1), 0);
    var hints = fixture.allHints();
    bell.before = claimed -> raise(new OutOfMemoryError("test"));

    assertThatThrownBy(() -> fixture.firing.fire(hints)).isInstanceOf(OutOfMemoryError.class);

    assertThat(fixture.pending()).isEqualTo(2);
  }

  private static void raise(Error error) {
    throw error;
  }

  @Test
  void when_the_database_cannot_be_worked_with_nothing_is_parked() {
    bell.set("t", 3, fixture.now().minusSeconds(1), 0);
    var hints = fixture.allHints();
    bell.before =
        claimed -> {
          throw new DataAccessResourceFailureException("gone", new SQLException("gone", "08006"));
        };
    assertThatThrownBy(() -> fixture.firing.fire(hints))
        .isInstanceOf(DataAccessResourceFailureException.class);
    bell.before =
        claimed -> {
          throw new UncategorizedSQLException("t", "s", new SQLException("read-only", "25006"));
        };
    assertThatThrownBy(() -> fixture.firing.fire(hints)).isInstanceOf(RuntimeException.class);

    assertThat(fixture.pending()).isEqualTo(3);
    bell.before = claimed -> {};
    assertThat(fixture.firing.fire(hints).fired()).isEqualTo(3);
  }

  @Test
  void an_owner_that_somebody_holds_delays_nobody_else() {
    bell.set("t", 1000, fixture.now().minusSeconds(1), 0);
    var hints = fixture.allHints();
    fixture.transactions.executeWithoutResult(
        edit -> {
          fixture.jdbc.sql("SELECT id FROM bells WHERE id = 't3' FOR UPDATE").query().singleRow();

          var outcome = CompletableFuture.supplyAsync(() -> fixture.firing.fire(hints)).join();

          assertThat(outcome.fired()).isEqualTo(999);
          assertThat(outcome.locked()).extracting(Hint::id).containsExactly("t3");
        });
    assertThat(fixture.counted("locked")).isEqualTo(1);
    assertThat(fixture.firing.fire(hints).fired()).isEqualTo(1);
    assertThat(bell.rung()).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void four_that_fire_the_same_timers_at_once_fire_each_once() {
    bell.set("t", 2000, fixture.now().minusSeconds(1), 0);
    var hints = fixture.allHints();
    var start = new CyclicBarrier(4);
    var racers =
        IntStream.range(0, 4)
            .mapToObj(
                racer ->
                    CompletableFuture.runAsync(
                        () -> {
                          await(start);
                          for (int i = 0; i < 20; i++) {
                            fixture.firing.fire(hints.subList(i * 100, i * 100 + 100));
                          }
                        }))
            .toList();
    racers.forEach(CompletableFuture::join);
    // What each skipped because the other held it, and the other then skipped too.
    fixture.drain(fixture.overdueLane);

    assertThat(bell.rung()).hasSize(2000).doesNotHaveDuplicates();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
