package dev.punctual.taskservice.recurringtask;

import dev.punctual.taskservice.http.Cursor;
import dev.punctual.taskservice.http.Fields;
import dev.punctual.taskservice.http.IfMatch;
import dev.punctual.taskservice.http.Page;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.http.Query;
import dev.punctual.taskservice.recurrence.Rules;
import dev.punctual.taskservice.security.CurrentUser;
import dev.punctual.taskservice.task.TaskView;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The recurring tasks of a user. */
@RestController
@RequestMapping("/api/recurring-tasks")
class RecurringTaskController {

  private final RecurringTaskWrites writes;
  private final TemplateRemoval removal;
  private final RecurringTaskTable templates;
  private final JsonMapper json;

  RecurringTaskController(
      RecurringTaskWrites writes,
      TemplateRemoval removal,
      RecurringTaskTable templates,
      JsonMapper json) {
    this.writes = writes;
    this.removal = removal;
    this.templates = templates;
    this.json = json;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<RecurringTaskView> create(CurrentUser user, Fields fields) {
    fields.require("title");
    fields.require(Rules.FIELD);
    var wanted = RecurringTaskFields.read(fields, RecurringTaskFields.BLANK);
    fields.check();
    var template = writes.create(user, wanted);
    return ResponseEntity.created(URI.create("/api/recurring-tasks/" + template.id()))
        .eTag(IfMatch.etag(template.version()))
        .body(RecurringTaskView.of(template));
  }

  @GetMapping
  Page<RecurringTaskView> list(CurrentUser user, Query query) {
    var isActive = query.bool("is_active");
    int limit = query.integer("limit", 1, 100, 50);
    var cursor = query.cursor("");
    query.check();
    return Page.of(
        templates.list(user.id(), isActive, cursor, limit + 1),
        limit,
        RecurringTaskView::of,
        last -> new Cursor("", "", last.id()));
  }

  @GetMapping("/{id}")
  ResponseEntity<RecurringTaskView> read(CurrentUser user, @PathVariable String id) {
    return shown(
        templates
            .find(user.id(), id)
            .orElseThrow(() -> ProblemException.notFound("recurring task", id)));
  }

  /** Changes the fields that are there, each as a whole; null clears one. */
  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<RecurringTaskView> patch(
      CurrentUser user, @PathVariable String id, IfMatch ifMatch, Fields fields) {
    return shown(writes.change(user, id, ifMatch, before -> read(fields, before)));
  }

  @PostMapping("/{id}/pause")
  ResponseEntity<RecurringTaskView> pause(
      CurrentUser user, @PathVariable String id, IfMatch ifMatch) {
    return shown(writes.pause(user, id, ifMatch));
  }

  @PostMapping("/{id}/resume")
  ResponseEntity<RecurringTaskView> resume(
      CurrentUser user, @PathVariable String id, IfMatch ifMatch) {
    return shown(writes.resume(user, id, ifMatch));
  }

  @PostMapping("/{id}/skip")
  ResponseEntity<RecurringTaskView> skip(
      CurrentUser user, @PathVariable String id, IfMatch ifMatch) {
    return shown(writes.skip(user, id, ifMatch));
  }

  /** Makes a task at once, beside the schedule. */
  @PostMapping("/{id}/run")
  ResponseEntity<TaskView> run(CurrentUser user, @PathVariable String id, IfMatch ifMatch) {
    var task = writes.run(user, id, ifMatch);
    return ResponseEntity.created(URI.create("/api/tasks/" + task.id()))
        .eTag(IfMatch.etag(task.version()))
        .body(task);
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(CurrentUser user, @PathVariable String id, IfMatch ifMatch) {
    removal.remove(user, id, ifMatch);
    return ResponseEntity.noContent().build();
  }

  private RecurringTaskFields read(Fields fields, StoredTemplate before) {
    var wanted = RecurringTaskFields.read(fields, RecurringTaskFields.of(before.template()));
    fields.readOnly(
        RecurringTaskView.READ_ONLY,
        (ObjectNode) json.readTree(json.writeValueAsBytes(RecurringTaskView.of(before))));
    fields.check();
    return wanted;
  }

  private static ResponseEntity<RecurringTaskView> shown(StoredTemplate template) {
    return ResponseEntity.ok()
        .eTag(IfMatch.etag(template.version()))
        .body(RecurringTaskView.of(template));
  }
}
