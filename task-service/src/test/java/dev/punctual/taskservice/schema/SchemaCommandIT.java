package dev.punctual.taskservice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.schema.SchemaCommand;
import dev.punctual.schema.SchemaMigration;
import dev.punctual.taskservice.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class SchemaCommandIT {

  private final RunningService service = RunningService.shared();

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void a_rollback_refuses_while_the_service_runs(CapturedOutput output) {
    var database = service.database();

    int status =
        SchemaCommand.run(
            "schema",
            "rollback",
            "--yes",
            "--url=" + database.url(),
            "--user=" + database.user(),
            "--password=" + database.password());

    assertThat(status).isEqualTo(1);
    assertThat(output)
        .contains(
            "Services that need the schema are connected: punctual/%s task-service."
                .formatted(SchemaMigration.requiredVersion()));
  }

  @Test
  void the_packaged_service_has_the_commands() throws IOException, InterruptedException {
    var database = service.database();
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            "target/app/task-service.jar",
            "schema",
            "info");
    command.environment().put("SPRING_DATASOURCE_URL", database.url());
    command.environment().put("SPRING_DATASOURCE_USERNAME", database.user());
    command.environment().put("SPRING_DATASOURCE_PASSWORD", database.password());
    var process = command.redirectErrorStream(true).start();

    var said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said)
        .startsWith(
            "The database stands at version %1$s, this program needs %1$s."
                .formatted(SchemaMigration.requiredVersion()));
    assertThat(process.exitValue()).isZero();
  }
}
