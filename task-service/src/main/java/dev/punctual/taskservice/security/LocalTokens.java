package dev.punctual.taskservice.security;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** The tokens that local mode issues. */
final class LocalTokens {

  static final String ISSUER = "punctual-local";
  static final Duration LIFETIME = Duration.ofDays(30);

  private final JwtEncoder encoder;
  private final InstantSource clock;

  LocalTokens(LocalKey key, InstantSource clock) {
    this.encoder = new NimbusJwtEncoder(new ImmutableSecret<SecurityContext>(key.secret()));
    this.clock = clock;
  }

  /** A token for the user with an id and an e-mail address. */
  String issue(String id, String email) {
    var now = clock.instant();
    var claims =
        JwtClaimsSet.builder()
            .issuer(ISSUER)
            .subject(id)
            .claim("email", email)
            .claim("email_verified", true)
            .issuedAt(now)
            .expiresAt(now.plus(LIFETIME))
            .build();
    var header = JwsHeader.with(MacAlgorithm.HS256).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
  }
}
