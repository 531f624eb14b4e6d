package dev.punctual.taskservice.security;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The user whose token came with the request.
 *
 * @param id the token's subject
 * @param email the token's claim, if it has one
 */
public record CurrentUser(String id, @Nullable String email) {

  static CurrentUser of(Jwt token) {
    return new CurrentUser(
        Objects.requireNonNull(
            token.getSubject(), "The decoder lets no token without a subject through."),
        token.getClaimAsString("email"));
  }
}
