package dev.punctual.taskservice.security;

import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.Fields;
import java.util.Locale;
import java.util.function.BinaryOperator;
import org.springframework.http.MediaType;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /auth/token}, in local mode only. */
@RestController
class TokenEndpoint {

  private final Users users;
  private final BinaryOperator<String> issue;

  /**
   * @param issue makes a token of a user's id and e-mail address
   */
  TokenEndpoint(Users users, BinaryOperator<String> issue) {
    this.users = users;
    this.issue = issue;
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
    return new Token(issue.apply(id, email), "Bearer", LocalIssuer.LIFETIME.toSeconds());
  }

  private static String email(tools.jackson.databind.JsonNode value) {
    var email = FieldReader.name(255).read(value).toLowerCase(Locale.ROOT);
    if (!email.matches("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+")) {
      throw new FieldReader.Refused("must be an e-mail address, such as alice@example.com");
    }
    return email;
  }
}
