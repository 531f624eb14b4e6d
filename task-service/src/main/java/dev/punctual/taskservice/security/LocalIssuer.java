package dev.punctual.taskservice.security;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Local mode: the service believes the tokens that it issues itself, to everybody who asks. For a
 * machine of one's own only.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "punctual.security.mode", havingValue = "local")
class LocalIssuer {

  private static final Logger log = LoggerFactory.getLogger(LocalIssuer.class);

  @Bean
  LocalKey localKey(@Value("${punctual.security.local.key-file:}") String file) {
    log.warn("Local mode: POST /auth/token gives anybody a token for any user.");
    return LocalKey.in(file);
  }

  @Bean
  JwtDecoder localTokenDecoder(LocalKey key) {
    var decoder =
        NimbusJwtDecoder.withSecretKey(key.secret()).macAlgorithm(MacAlgorithm.HS256).build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefault(),
            new JwtClaimValidator<Object>("iss", LocalTokens.ISSUER::equals),
            SubjectValidator.VALIDATOR));
    return decoder;
  }

  @Bean
  LocalTokens localTokens(LocalKey key, InstantSource clock) {
    return new LocalTokens(key, clock);
  }
}
