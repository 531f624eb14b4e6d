package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class WindowMemoryIT {

  private static final int EVERYBODY = 500_000;

  private final TimerFixture fixture = new TimerFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Half of the heap that a worker has, since the rest of the worker needs some, too. */
  @Test
  void half_a_million_timers_of_one_minute_fit_into_128_megabytes() throws Exception {
    // What is measured is the heap; without indexes the rows are there sooner.
    fixture.jdbc.sql("ALTER TABLE timers DROP CONSTRAINT pk_timers").update();
    fixture.jdbc.sql("DROP INDEX ix_timers_kind_slot_fire_at").update();
    // Each row reads the clock, so that all fall due within the minute that begins after the last.
    fixture
        .jdbc
        .sql(
            """
            INSERT INTO timers (kind, id, slot, fire_at)
            SELECT 'reminder', gen_random_uuid(), n % 64, clock_timestamp() + interval '58 seconds'
            FROM generate_series(1, :count) AS n
            """)
        .param("count", EVERYBODY)
        .update();
    assertThat(loadInASmallHeap()).isEqualTo("held " + EVERYBODY);
  }

  private String loadInASmallHeap() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SmallHeap.class.getName(),
                fixture.database.url(),
                fixture.database.user(),
                fixture.database.password())
            .redirectErrorStream(true)
            .start();
    var output = new StringWriter();
    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8).transferTo(output);
    assertThat(process.waitFor()).as(output.toString()).isZero();
    return output.toString().lines().reduce("", (first, last) -> last);
  }

  /** The other process: loads the window, loads it again as after half a window, and counts. */
  static final class SmallHeap {

    public static void main(String[] database) {
      var dataSource = new DriverManagerDataSource(database[0], database[1], database[2]);
      var jdbc = JdbcClient.create(dataSource);
      var window = new NearWindow();
      var slots = new OwnedSlots();
      slots.assigned(List.of(0), 1);
      var load =
          new WindowLoad(
              jdbc,
              new TransactionTemplate(new JdbcTransactionManager(dataSource)),
              new DatabaseClock(System::nanoTime),
              window,
              Set.of(TimerKind.REMINDER),
              slots);
      load.runOnce();
      int held = window.size();
      load.runOnce();
      System.out.println("held " + held);
    }
  }
}
