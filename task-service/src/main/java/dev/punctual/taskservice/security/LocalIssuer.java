package dev.punctual.taskservice.security;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.InstantSource;
import javax.crypto.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Local mode: the service believes the tokens that it issues itself, to everybody who asks. For a
 * machine of one's own only.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "punctual.security.mode", havingValue = "local")
class LocalIssuer {

  static final Duration LIFETIME = Duration.ofDays(30);

  private static final String NAME = "punctual-local";
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
            new JwtClaimValidator<Object>("iss", NAME::equals),
            SubjectValidator.VALIDATOR));
    return decoder;
  }

  @Bean
  TokenEndpoint tokenEndpoint(LocalKey key, Users users, InstantSource clock) {
    return new TokenEndpoint(users, (id, email) -> token(encoder(key.secret()), clock, id, email));
  }

  private static JwtEncoder encoder(SecretKey key) {
    return new NimbusJwtEncoder(new ImmutableSecret<SecurityContext>(key));
  }

  private static String token(JwtEncoder encoder, InstantSource clock, String id, String email) {
    var now = clock.instant();
    var claims =
        JwtClaimsSet.builder()
            .issuer(NAME)
            .subject(id)
            .claim("email", email)
            .issuedAt(now)
            .expiresAt(now.plus(LIFETIME))
            .build();
    var header = JwsHeader.with(MacAlgorithm.HS256).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
  }
}
