package dev.punctual.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void without_any_choice_the_documented_ports_and_directory_hold() {
    Options options = Options.parse(List.of(), Map.of());

    assertThat(options)
        .isEqualTo(new Options(8080, 15432, 19092, Path.of(".punctual").toAbsolutePath(), false));
  }

  @Test
  void an_option_wins_over_its_environment_variable() {
    Options options =
        Options.parse(
            List.of("--http-port", "1111", "--kafka-port=2222", "--fresh"),
            Map.of("PUNCTUAL_HTTP_PORT", "3333", "PUNCTUAL_POSTGRES_PORT", "4444"));

    assertThat(options.httpPort()).isEqualTo(1111);
    assertThat(options.kafkaPort()).isEqualTo(2222);
    assertThat(options.postgresPort()).isEqualTo(4444);
    assertThat(options.fresh()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "http", ""})
  void a_port_that_is_none_is_refused_by_name(String port) {
    assertThatThrownBy(() -> Options.parse(List.of("--http-port=" + port), Map.of()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("--http-port (PUNCTUAL_HTTP_PORT)");
  }

  @Test
  void an_unknown_option_and_a_missing_value_are_refused() {
    assertThatThrownBy(() -> Options.parse(List.of("--https"), Map.of()))
        .hasMessageContaining("Unknown option --https");
    assertThatThrownBy(() -> Options.parse(List.of("--data"), Map.of()))
        .hasMessageContaining("--data needs a value");
  }

  @Test
  void a_value_is_no_command() {
    assertThat(Options.takesNext("--data")).isTrue();
    assertThat(Options.takesNext("--data=events")).isFalse();
    assertThat(Options.takesNext("--fresh")).isFalse();
  }

  @Test
  void two_servers_do_not_share_a_port() {
    Options options = Options.parse(List.of("--http-port=15000", "--kafka-port=15000"), Map.of());

    assertThatThrownBy(() -> Servers.requirePorts(options))
        .isInstanceOf(StartFailure.class)
        .hasMessage("--http-port and --kafka-port are both 15000: each needs a port of its own.");
  }
}
