package dev.punctual.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every example of docs/recurrence.md has the description and the days that stand beside it. */
class DocumentationTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("\\| `(\\{.*})` \\| (\\S+) \\| (.+) \\| ([-0-9 ]+) \\|");

  @Test
  void the_examples_are_true() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("..", "docs", "recurrence.md")).stream()
            .filter(line -> line.startsWith("| `{"))
            .toList();

    assertThat(lines).hasSizeGreaterThan(15);
    for (String line : lines) {
      var example = EXAMPLE.matcher(line);
      assertThat(example.matches()).as(line).isTrue();
      RecurrenceRule rule = Rules.rule(example.group(1), example.group(2).substring(0, 10));
      assertThat(rule.describe()).as(line).isEqualTo(example.group(3));
      assertThat(
              rule.occurrences(Rules.at(example.group(2)), Rules.UTC).first(20).stream()
                  .map(occurrence -> occurrence.local().toLocalDate().toString())
                  .distinct()
                  .limit(3))
          .as(line)
          .containsExactly(example.group(4).split(" ", -1));
    }
  }
}
