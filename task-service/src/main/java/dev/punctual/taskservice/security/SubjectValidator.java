package dev.punctual.taskservice.security;

import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;

/** A token must say whose it is, in a way that can be stored. */
final class SubjectValidator {

  private static final int MAX_LENGTH = 128;

  static final OAuth2TokenValidator<Jwt> VALIDATOR =
      new JwtClaimValidator<Object>(
          "sub",
          subject ->
              subject instanceof String text
                  && !text.isBlank()
                  && text.length() <= MAX_LENGTH
                  && text.indexOf('\0') < 0);

  private SubjectValidator() {}
}
