package dev.punctual.recurrenceworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.schema.SchemaMigration;
import dev.punctual.testing.Stack;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SchemaWaitIT {

  @Test
  void a_worker_that_is_there_before_the_schema_says_so_and_waits_for_it(CapturedOutput output) {
    try (var workers = new Workers(Stack.newEmptyDatabase())) {
      workers.start(1);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> output.toString().contains("Waiting for schema version"));

      SchemaMigration.migrate(workers.database.dataSource());
      workers.given.template(
          workers.given.user("UTC"), "{\"frequency\": \"daily\"}", workers.now(), Map.of());

      await().atMost(Duration.ofSeconds(30)).until(() -> workers.count("FROM tasks") == 1);
    }
    assertThat(output).doesNotContain("Parked");
  }
}
