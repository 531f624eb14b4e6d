package dev.punctual.taskservice.security;

import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.Fields;
import java.time.ZoneId;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The user who asks: above all, in which time zone their rules count; and how they leave. */
@RestController
@RequestMapping("/api/me")
class MeController {

  private final Users users;
  private final UserRemoval removal;
  private final List<ZoneFollower> followers;

  MeController(Users users, UserRemoval removal, List<ZoneFollower> followers) {
    this.users = users;
    this.removal = removal;
    this.followers = followers;
  }

  @GetMapping
  @Transactional
  Users.Profile read(CurrentUser user) {
    users.lock(user);
    return users.profile(user);
  }

  @PatchMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Transactional
  Users.Profile patch(CurrentUser user, Fields fields) {
    var before = users.lockAlone(user);
    var name = fields.value("name", FieldReader.name(100), users.profile(user).name());
    var zone = fields.<ZoneId>value("time_zone", FieldReader.zone(), before);
    fields.check();
    users.change(user, name, zone);
    if (!zone.equals(before)) {
      followers.forEach(follower -> follower.moved(user, before, zone));
    }
    return users.profile(user);
  }

  /** The user and everything of theirs is gone; a repetition is no error. */
  @DeleteMapping
  ResponseEntity<Void> delete(CurrentUser user) {
    removal.remove(user);
    return ResponseEntity.noContent().build();
  }
}
