package dev.punctual.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path parent;
  private Path root = Path.of("");

  @BeforeEach
  void name_a_new_directory() {
    root = parent.resolve("data");
  }

  @Test
  void only_its_own_user_reads_it() throws IOException {
    try (var directory = DataDirectory.take(root, false)) {
      assertThat(Files.getPosixFilePermissions(directory.root()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void one_process_has_it_at_a_time() throws IOException {
    try (var directory = DataDirectory.take(root, false)) {
      assertThatThrownBy(() -> DataDirectory.take(directory.root(), false))
          .hasMessageContaining("already runs on " + root);
      assertThat(DataDirectory.isTaken(root)).isTrue();
    }
    assertThat(DataDirectory.isTaken(root)).isFalse();
  }

  @Test
  void data_of_a_newer_version_are_refused_unless_they_shall_go() throws IOException {
    prepare(false);
    Files.writeString(root.resolve("version"), "2\n");

    assertThatThrownBy(() -> DataDirectory.take(root, false))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("newer Punctual")
        .hasMessageContaining("--data DIR");
    prepare(true);
    assertThat(root.resolve("version")).hasContent("1");
  }

  @Test
  void fresh_deletes_the_data_and_nothing_that_is_not_ours() throws IOException {
    prepare(false);
    Files.createDirectory(root.resolve("kafka"));
    prepare(true);
    assertThat(root.resolve("kafka")).doesNotExist();

    Path foreign = Files.createDirectory(parent.resolve("photos"));
    Files.writeString(foreign.resolve("one.jpg"), "");
    assertThatThrownBy(() -> DataDirectory.take(foreign, true))
        .hasMessageContaining("something else than Punctual's data");
  }

  @Test
  void a_file_named_version_makes_no_directory_ours() throws IOException {
    Path database = Files.createDirectories(root.resolve("postgres"));
    Path version = Files.writeString(root.resolve("version"), "1.4.2\n");
    assertThatThrownBy(() -> DataDirectory.take(root, true))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("something else than Punctual's data");

    Files.writeString(root.resolve("lock"), "");
    assertThatThrownBy(() -> DataDirectory.take(root, true))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(version + " holds no number");
    Files.writeString(version, "");
    assertThatThrownBy(() -> DataDirectory.take(root, false))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(version + " holds no number");
    assertThat(database).isDirectory();
  }

  @Test
  void its_version_is_not_written_again() throws IOException {
    prepare(false);
    var written = Files.getAttribute(root.resolve("version"), "unix:ino");

    prepare(false);

    assertThat(Files.getAttribute(root.resolve("version"), "unix:ino")).isEqualTo(written);
  }

  @Test
  void the_password_stays_until_the_data_go() throws IOException {
    try (var directory = DataDirectory.take(root, false)) {
      directory.prepare(false);
      String password = directory.password();
      directory.prepare(false);
      assertThat(directory.password()).isEqualTo(password);
      directory.prepare(true);
      assertThat(directory.password()).isNotEqualTo(password);
    }
  }

  private void prepare(boolean fresh) throws IOException {
    try (var directory = DataDirectory.take(root, fresh)) {
      directory.prepare(fresh);
    }
  }
}
