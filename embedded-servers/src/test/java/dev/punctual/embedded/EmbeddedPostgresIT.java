package dev.punctual.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class EmbeddedPostgresIT {
  @TempDir Path directory;

  @Test
  void what_it_acknowledges_survives_a_crash_because_nothing_of_durability_is_switched_off()
      throws Exception {
    try (var postgres = EmbeddedPostgres.in(directory.resolve("pg")).start()) {
      assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(postgres, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(ask(postgres, "SHOW full_page_writes")).isEqualTo("on");
    }
  }

  @Test
  void a_directory_comes_back_with_its_data_also_when_its_server_was_left_running()
      throws Exception {
    Path data = directory.resolve("pg");
    int port = FreePort.find();
    try (var first = EmbeddedPostgres.in(data).port(port).start()) {
      first.createDatabase("punctual");
      first.createDatabase("punctual");
      run(first, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    Orphan orphan = Orphan.on(data, port);
    try (var second = EmbeddedPostgres.in(data).port(port).start()) {
      assertThat(ask(second, "SELECT answer FROM kept")).isEqualTo("42");
      assertThat(orphan.isAlive()).isFalse();
    }
  }

  @Test
  void a_stale_pid_file_that_names_another_program_does_not_stop_the_start() throws Exception {
    Path data = directory.resolve("pg");
    EmbeddedPostgres.in(data).start().close();
    Files.writeString(
        data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");

    EmbeddedPostgres.in(data).start().close();

    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void a_server_in_use_is_left_alone_and_so_is_one_whose_number_a_stale_pid_file_names()
      throws Exception {
    Path data = directory.resolve("pg");
    try (var running = EmbeddedPostgres.in(data).start()) {
      assertThatThrownBy(() -> EmbeddedPostgres.in(data).start()).isInstanceOf(IOException.class);

      Path other = Files.createDirectory(directory.resolve("other"));
      var lines = Files.readAllLines(data.resolve("postmaster.pid"));
      lines.set(1, other.toString());
      Path stale = Files.write(other.resolve("postmaster.pid"), lines);
      EmbeddedPostgres.stopOrphan(other);

      assertThat(stale).doesNotExist();
      assertThat(ask(running, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_first_start_that_was_killed_is_done_again() throws Exception {
    Path data = directory.resolve("pg");
    Orphan.killedAtFirst(data);

    try (var postgres = EmbeddedPostgres.in(data).start()) {
      assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
    }
    assertThat(directory).isDirectoryNotContaining("glob:**pg.new-*");
  }

  @Test
  void with_a_password_nobody_gets_in_without_it_at_the_first_start_or_later() throws Exception {
    Path data = directory.resolve("pg");
    for (int start = 1; start <= 2; start++) {
      try (var postgres = EmbeddedPostgres.in(data).password("it's secret").start()) {
        assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
        PGSimpleDataSource stranger = new PGSimpleDataSource();
        stranger.setUrl(postgres.jdbcUrl("postgres"));
        stranger.setUser(EmbeddedPostgres.USER);
        stranger.setPassword("guess");
        assertThatThrownBy(stranger::getConnection)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password authentication failed");
      }
    }
    var forgotten =
        EmbeddedPostgres.in(data).password("forgotten").patience(Duration.ofMillis(1_500));
    assertThatThrownBy(forgotten::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("password authentication failed");
    assertThat(data.resolve("postmaster.pid")).as("of a server still running").doesNotExist();
  }

  @Test
  void a_start_that_fails_leaves_no_server_running() {
    Path data = directory.resolve("pg");

    assertThatThrownBy(() -> EmbeddedPostgres.in(data).password("of no text\0").start())
        .isInstanceOf(IOException.class);

    assertThat(data.resolve("PG_VERSION")).exists();
    assertThat(data.resolve("postmaster.pid")).doesNotExist();
  }

  private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = postgres.dataSource("postgres").getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = postgres.dataSource("postgres").getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
