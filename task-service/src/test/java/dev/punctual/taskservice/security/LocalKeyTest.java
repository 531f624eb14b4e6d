package dev.punctual.taskservice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKeyTest {

  @TempDir Path directory;

  @Test
  void a_key_in_a_file_is_the_same_after_a_restart_and_its_owners_only() throws IOException {
    var file = directory.resolve("key");

    var key = LocalKey.in(file.toString());

    assertThat(LocalKey.in(file.toString())).isEqualTo(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_key_without_a_file_is_new_each_time() {
    assertThat(LocalKey.in("")).isNotEqualTo(LocalKey.in(""));
  }

  @Test
  void services_that_make_the_same_file_at_once_have_one_key() throws IOException {
    for (int i = 0; i < 20; i++) {
      var file = directory.resolve("key" + i).toString();
      var keys =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> LocalKey.in(file)))
              .limit(4)
              .toList();
      assertThat(keys.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }
    try (var files = Files.list(directory)) {
      assertThat(files).as("with nothing left beside").hasSize(20);
    }
  }

  @Test
  void a_file_that_holds_no_key_is_not_used() throws IOException {
    var file = Files.writeString(directory.resolve("key"), "secret");

    assertThatThrownBy(() -> LocalKey.in(file.toString()))
        .hasMessageContaining("punctual.security.local.key-file")
        .hasRootCauseMessage("it holds 6 bytes instead of 32");
  }
}
