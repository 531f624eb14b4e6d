package dev.punctual.taskservice.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityConfigurationTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "oidc", "locale"})
  void a_mode_that_is_none_does_not_start(String mode) {
    assertThatThrownBy(() -> new SecurityConfiguration(mode))
        .hasMessage("punctual.security.mode must be issuer or local, not '" + mode + "'.");
  }
}
