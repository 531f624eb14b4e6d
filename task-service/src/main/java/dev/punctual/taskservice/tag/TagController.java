package dev.punctual.taskservice.tag;

import dev.punctual.event.TagEvent;
import dev.punctual.taskservice.http.Cursor;
import dev.punctual.taskservice.http.Fields;
import dev.punctual.taskservice.http.Page;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.http.Query;
import dev.punctual.taskservice.security.CurrentUser;
import java.net.URI;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The tags of a user. */
@RestController
@RequestMapping("/api/tags")
class TagController {

  private final TagWrites writes;
  private final TagTable tags;

  TagController(TagWrites writes, TagTable tags) {
    this.writes = writes;
    this.tags = tags;
  }

  /** A tag as the API shows it. */
  record View(String id, String name, String color, Instant createdAt, Instant updatedAt) {

    static View of(TagEvent.Tag tag) {
      return new View(tag.id(), tag.name(), tag.color(), tag.createdAt(), tag.updatedAt());
    }
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<View> create(CurrentUser user, Fields fields) {
    fields.require("name");
    var tag = writes.create(user, TagFields.read(fields, TagFields.BLANK));
    return ResponseEntity.created(URI.create("/api/tags/" + tag.id())).body(View.of(tag));
  }

  @GetMapping
  Page<View> list(CurrentUser user, Query query) {
    int limit = query.integer("limit", 1, 100, 50);
    var cursor = query.cursor("");
    query.check();
    return Page.of(
        tags.list(user.id(), cursor, limit + 1),
        limit,
        View::of,
        last -> new Cursor("", last.name(), last.id()));
  }

  @GetMapping("/{id}")
  View read(CurrentUser user, @PathVariable String id) {
    return tags.find(user.id(), id)
        .map(View::of)
        .orElseThrow(() -> ProblemException.notFound("tag", id));
  }

  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  View patch(CurrentUser user, @PathVariable String id, Fields fields) {
    return View.of(writes.change(user, id, was -> TagFields.read(fields, was)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(CurrentUser user, @PathVariable String id) {
    writes.delete(user, id);
    return ResponseEntity.noContent().build();
  }
}
