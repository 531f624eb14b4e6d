package dev.punctual.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
  @TempDir Path temporary;

  @Test
  void without_a_home_a_users_starts_share_one_directory_that_nobody_else_enters()
      throws IOException {
    Path first = Binaries.ofThisUser(temporary);

    assertThat(Binaries.ofThisUser(temporary)).isEqualTo(first);
    assertThat(Files.getPosixFilePermissions(first))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(temporary).isDirectoryContaining(first::equals);
    try (var all = Files.list(temporary)) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void a_directory_that_others_enter_is_not_used() throws IOException {
    Path open = Binaries.ofThisUser(temporary);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(Binaries.ofThisUser(temporary)).isNotEqualTo(open).isDirectory();
  }
}
