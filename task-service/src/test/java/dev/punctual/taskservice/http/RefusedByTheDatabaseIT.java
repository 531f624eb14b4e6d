package dev.punctual.taskservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.Answer;
import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the checks before the database did not foresee. */
class RefusedByTheDatabaseIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());

  @BeforeEach
  void a_title_names_the_error_that_its_insert_meets() {
    user.rows()
        .jdbc()
        .sql(
            """
            CREATE FUNCTION meet_error() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN RAISE EXCEPTION 'as asked for' USING ERRCODE = substr(NEW.title, 7); END $$;
            CREATE TRIGGER meet_error BEFORE INSERT ON tasks
              FOR EACH ROW WHEN (NEW.title LIKE 'error %') EXECUTE FUNCTION meet_error();
            """)
        .update();
  }

  @AfterEach
  void serve_again() {
    user.rows().jdbc().sql("DROP FUNCTION IF EXISTS meet_error CASCADE").update();
  }

  @Test
  void a_row_that_somebody_holds_for_long_is_worth_another_attempt() {
    assertThat(meeting("55P03").isProblem(503).headers().getFirst("Retry-After")).isEqualTo("1");
  }

  @Test
  void a_constraint_that_nobody_checked_before_is_a_conflict() {
    assertThat(meeting("23514").isProblem(409).text()).contains("urn:punctual:problem:conflict");
  }

  @Test
  void what_nobody_foresaw_tells_nothing_of_the_inside() {
    assertThat(meeting("XX000").isProblem(500).text()).doesNotContain("as asked for", "SQL");
  }

  @Test
  void a_request_that_failed_claims_no_key() {
    meeting("XX000").isProblem(500);
    serve_again();

    assertThat(meeting("XX000").is(201).headers().getFirst("Idempotency-Replayed")).isNull();
  }

  private Answer meeting(String sqlState) {
    return user.post(
        "/api/tasks", Map.of("title", "error " + sqlState), "Idempotency-Key", sqlState);
  }
}
