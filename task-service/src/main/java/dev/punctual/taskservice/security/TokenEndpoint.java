package dev.punctual.taskservice.security;

import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.Fields;
import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /auth/token}, in local mode only. */
@RestController
@ConditionalOnProperty(name = "punctual.security.mode", havingValue = "local")
class TokenEndpoint {

  private final Users users;
  private final LocalTokens tokens;

  TokenEndpoint(Users users, LocalTokens tokens) {
    this.users = users;
    this.tokens = tokens;
  }

  record Token(String accessToken, String tokenType, long expiresIn) {}

  /** Gives a token for the user with an e-mail address, who exists from now on. */
  @PostMapping(path = "/auth/token", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Transactional
  Token token(Fields fields) {
    fields.require("user");
    var email = fields.value("user", TokenEndpoint::email, "");
    fields.check();
    var id = users.named(email);
    return new Token(tokens.issue(id, email), "Bearer", LocalTokens.LIFETIME.toSeconds());
  }

  private static String email(JsonNode value) {
    var email = FieldReader.name(CurrentUser.MAX_ADDRESS).read(value).toLowerCase(Locale.ROOT);
    // In lower case, it can be longer.
    if (email.length() > CurrentUser.MAX_ADDRESS
        || !email.matches("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+")) {
      throw new FieldReader.Refused(
          "must be an e-mail address of up to "
              + CurrentUser.MAX_ADDRESS
              + " characters, such as alice@example.com");
    }
    return email;
  }
}
