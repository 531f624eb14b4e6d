package dev.punctual.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.embedded.FreePort;
import dev.punctual.schema.SchemaException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersIT {
  @TempDir Path directory;

  @Test
  void a_schema_that_cannot_be_migrated_leaves_no_server_running() throws Exception {
    try (DataDirectory data = DataDirectory.take(directory, false)) {
      try (EmbeddedPostgres postgres = Servers.startBarePostgres(data);
          var connection = postgres.dataSource(Servers.DATABASE).getConnection();
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE tasks (something_else integer)");
      }

      assertThatThrownBy(() -> Servers.startPostgres(data, FreePort.find(), data.password()))
          .isInstanceOf(SchemaException.class);
      assertThat(data.postgres().resolve("postmaster.pid")).doesNotExist();
    }
  }
}
