package dev.punctual.taskservice.security;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The user whose token came with the request.
 *
 * @param id the token's subject
 * @param email the token's claim, if its issuer has verified that the address is the user's
 */
public record CurrentUser(String id, @Nullable String email) {

  static final int MAX_ADDRESS = 255;

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
        address(token).orElse(null));
  }

  /** Anybody may have any other address in their token. */
  private static Optional<String> address(Jwt token) {
    return Optional.of(token)
        .filter(t -> Boolean.TRUE.equals(t.getClaim("email_verified")))
        .map(t -> t.getClaim("email") instanceof String text ? text : "")
        .filter(text -> !text.isBlank() && text.length() <= MAX_ADDRESS && text.indexOf('\0') < 0);
  }
}
