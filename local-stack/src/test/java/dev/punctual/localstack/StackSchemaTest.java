package dev.punctual.localstack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackSchemaTest {

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--url jdbc:postgresql://production/punctual",
        "--url=jdbc:postgresql://production/punctual",
        "--spring.datasource.url=jdbc:postgresql://production/punctual",
        "--user=punctual"
      })
  void whoever_names_another_database_does_not_get_the_stacks(String typed) {
    assertThatThrownBy(() -> type("schema rollback --yes " + typed))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("./run schema works on the stack's own database and takes no --");
  }

  @Test
  void while_the_stack_starts_it_says_so() throws Exception {
    Files.createDirectory(data.resolve("postgres"));
    try (FileChannel starting =
        FileChannel.open(
            data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      starting.lock();

      assertThatThrownBy(() -> type("schema info"))
          .isInstanceOf(StartFailure.class)
          .hasMessage("Punctual is starting or stopping on %s: try again in a moment.", data);
    }
  }

  private void type(String line) throws Exception {
    Options options = Options.parse(List.of("--data=" + data), Map.of());
    StackSchema.command(options, Arrays.asList(line.split(" ", -1)));
  }
}
