package dev.punctual.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCommandTest {

  @Test
  void help_lists_the_commands() {
    assertThat(Shell.run("", "schema", "--help").out())
        .contains("info ", "migrate ", "verify ", "rollback ", "adopt ");
    assertThat(Shell.run("", "schema", "rollback", "--help").status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"undo", "migrate now", "migrate --too 5", "migrate --to", "verify -j"})
  void what_makes_no_sense_is_one_line_and_status_2(String typed) {
    var result = Shell.run("", typed.split(" "));

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).endsWith("\"schema --help\" lists what there is.\n");
    assertThat(result.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adopt --to 11", "rollback --at 20", "migrate --yes", "info --mend"})
  void an_option_of_another_command_is_not_ignored(String typed) {
    var result = Shell.run("", typed.split(" "));

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("has no option --");
  }

  @Test
  void without_an_address_it_says_how_to_give_one() {
    assertThat(Shell.run("", "verify").err()).startsWith("Which database? Give --url");
  }
}
