package dev.punctual.taskservice.security;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The user whose token came with the request.
 *
 * @param id the token's subject
 * @param email the token's claim, if it has one
 */
public record CurrentUser(String id, @Nullable String email) {

  /** The user of the running request, which the filters have let through. */
  public static CurrentUser ofRequest() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof Jwt token) {
      return of(token);
    }
    throw new IllegalStateException("What needs a user was reached without a token.");
  }

  private static CurrentUser of(Jwt token) {
    return new CurrentUser(
        Objects.requireNonNull(
            token.getSubject(), "The decoder lets no token without a subject through."),
        token.getClaimAsString("email"));
  }
}
