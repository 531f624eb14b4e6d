package dev.punctual.taskservice.security;

import dev.punctual.id.UuidV7;
import dev.punctual.taskservice.http.ProblemException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The users. Every write locks its user first: a user who is being deleted gets no new rows, and
 * whoever needs the user's zone sees one.
 */
@Repository
public class Users {

  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final boolean weIssueTokens;

  Users(
      JdbcClient jdbc,
      InstantSource clock,
      @Value("${punctual.security.mode}") String securityMode) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.weIssueTokens = securityMode.equals("local");
  }

  /**
   * Locks the user's row, so that it stays until the end of the transaction, beside other writes of
   * the same user. A user of an issuer that nobody knows yet begins to exist; one of ours did with
   * the token, and has been deleted since.
   *
   * @return the user's time zone
   */
  public ZoneId lock(CurrentUser user) {
    return locked(user.id()).orElseGet(() -> created(user));
  }

  /**
   * Locks the user's row against other calls of this method: for writes that name, give or take
   * tags, so that a tag never goes while another request hands it out, and for those that compute
   * with the user's zone, so that it does not change meanwhile.
   *
   * @return the user's time zone
   */
  public ZoneId lockAlone(CurrentUser user) {
    lock(user);
    // Read under this lock: a change of the zone that was waited for is seen.
    return jdbc.sql("SELECT time_zone FROM users WHERE id = :id FOR NO KEY UPDATE")
        .param("id", user.id())
        .query((row, number) -> ZoneId.of(row.getString(1)))
        .single();
  }

  /** The user's time zone; UTC for one who has not written yet. */
  public ZoneId zone(CurrentUser user) {
    return jdbc.sql("SELECT time_zone FROM users WHERE id = :id")
        .param("id", user.id())
        .query(String.class)
        .optional()
        .map(ZoneId::of)
        .orElse(ZoneOffset.UTC);
  }

  /** What a user may know and change about themselves. */
  record Profile(String id, String email, String name, String timeZone) {}

  Profile profile(CurrentUser user) {
    return jdbc.sql("SELECT id, email, name, time_zone FROM users WHERE id = :id")
        .param("id", user.id())
        .query(Profile.class)
        .single();
  }

  void change(CurrentUser user, String name, ZoneId zone) {
    jdbc.sql(
            """
            UPDATE users SET name = :name, time_zone = :zone, updated_at = statement_timestamp() WHERE id = :id
            """)
        .param("id", user.id())
        .param("name", name)
        .param("zone", zone.getId())
        .update();
  }

  /** The id of the user with this e-mail address, who exists from now on. */
  String named(String email) {
    jdbc.sql(
            """
            INSERT INTO users (id, email, name) VALUES (:id, :email, left(split_part(:email, '@', 1), 100))
            ON CONFLICT (email) DO NOTHING
            """)
        .param("id", UuidV7.at(clock.instant()))
        .param("email", email)
        .update();
    return jdbc.sql("SELECT id FROM users WHERE email = :email")
        .param("email", email)
        .query(String.class)
        .single();
  }

  private Optional<ZoneId> locked(String id) {
    return jdbc.sql("SELECT time_zone FROM users WHERE id = :id FOR KEY SHARE")
        .param("id", id)
        .query(String.class)
        .optional()
        .map(ZoneId::of);
  }

  private ZoneId created(CurrentUser user) {
    if (weIssueTokens) {
      throw new ProblemException(
          HttpStatus.UNAUTHORIZED,
          "user-deleted",
          "User deleted",
          "The token's user was deleted. POST /auth/token begins anew.");
    }
    if (user.email() != null) {
      create(user.id(), user.email());
    }
    // Without an address, or when another user has it: one that can never receive mail (RFC 2606).
    return locked(user.id())
        .or(
            () -> {
              create(user.id(), user.id() + "@user.invalid");
              return locked(user.id());
            })
        .orElseThrow(() -> new IllegalStateException("The user " + user.id() + " cannot be made."));
  }

  private void create(String id, String email) {
    jdbc.sql(
            """
            INSERT INTO users (id, email, name) VALUES (:id, :email, left(split_part(:email, '@', 1), 100))
            ON CONFLICT DO NOTHING
            """)
        .param("id", id)
        .param("email", email)
        .update();
  }
}
