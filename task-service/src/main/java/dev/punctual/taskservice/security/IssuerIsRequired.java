package dev.punctual.taskservice.security;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;

/** Every mode but the local one: tokens come from an issuer outside, which must be named. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(
    name = "punctual.security.mode",
    havingValue = "issuer",
    matchIfMissing = true)
class IssuerIsRequired {

  private static final String PREFIX = "spring.security.oauth2.resourceserver.jwt.";

  IssuerIsRequired(Environment environment) {
    if (!environment.containsProperty(PREFIX + "issuer-uri")
        && !environment.containsProperty(PREFIX + "jwk-set-uri")) {
      throw new IllegalStateException(
          "Name who issues the tokens: set "
              + PREFIX
              + "issuer-uri or "
              + PREFIX
              + "jwk-set-uri; or, on a machine of your own, set punctual.security.mode=local.");
    }
  }

  /** Spring Boot adds it to the checks of its decoder. */
  @Bean
  OAuth2TokenValidator<Jwt> subjectValidator() {
    return SubjectValidator.VALIDATOR;
  }
}
