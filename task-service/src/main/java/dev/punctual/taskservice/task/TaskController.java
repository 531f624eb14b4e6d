package dev.punctual.taskservice.task;

import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.Fields;
import dev.punctual.taskservice.http.IfMatch;
import dev.punctual.taskservice.http.Page;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.http.Query;
import dev.punctual.taskservice.security.CurrentUser;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tasks of a user. */
@RestController
@RequestMapping("/api/tasks")
class TaskController {

  private final TaskWrites writes;
  private final TaskTable tasks;
  private final TaskList list;
  private final JsonMapper json;

  TaskController(TaskWrites writes, TaskTable tasks, TaskList list, JsonMapper json) {
    this.writes = writes;
    this.tasks = tasks;
    this.list = list;
    this.json = json;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<TaskView> create(CurrentUser user, Fields fields) {
    fields.require("title");
    var wanted = TaskFields.read(fields, TaskFields.BLANK, TaskFields.BLANK);
    fields.check();
    var task = writes.create(user, wanted);
    return ResponseEntity.created(URI.create("/api/tasks/" + task.id()))
        .eTag(IfMatch.etag(task.version()))
        .body(TaskView.of(task));
  }

  @GetMapping
  Page<TaskView> list(CurrentUser user, Query query) {
    return list.page(user.id(), TaskFilter.read(query));
  }

  @GetMapping("/{id}")
  ResponseEntity<TaskView> read(CurrentUser user, @PathVariable String id) {
    return shown(
        tasks.find(user.id(), id).orElseThrow(() -> ProblemException.notFound("task", id)));
  }

  /** Replaces all that a client decides; whether it is complete stays if it is not said. */
  @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<TaskView> replace(
      CurrentUser user, @PathVariable String id, IfMatch ifMatch, Fields fields) {
    fields.require("title");
    return shown(
        writes.change(user, id, ifMatch, true, before -> read(fields, before, TaskFields.BLANK)));
  }

  /** Changes the fields that are there, each as a whole; null clears one. */
  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<TaskView> patch(
      CurrentUser user, @PathVariable String id, IfMatch ifMatch, Fields fields) {
    return shown(
        writes.change(
            user,
            id,
            ifMatch,
            fields.has("tags"),
            before -> read(fields, before, TaskFields.of(before.task()))));
  }

  @PostMapping("/{id}/complete")
  ResponseEntity<TaskView> complete(CurrentUser user, @PathVariable String id, IfMatch ifMatch) {
    return shown(
        writes.change(
            user, id, ifMatch, false, before -> TaskFields.of(before.task()).completed(true)));
  }

  @PostMapping("/{id}/reopen")
  ResponseEntity<TaskView> reopen(CurrentUser user, @PathVariable String id, IfMatch ifMatch) {
    return shown(
        writes.change(
            user, id, ifMatch, false, before -> TaskFields.of(before.task()).completed(false)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(CurrentUser user, @PathVariable String id, IfMatch ifMatch) {
    writes.delete(user, id, ifMatch);
    return ResponseEntity.noContent().build();
  }

  private TaskFields read(Fields fields, StoredTask before, TaskFields absent) {
    var isComplete = fields.value("is_complete", FieldReader.bool(), before.task().isComplete());
    var current = TaskFields.of(before.task());
    var wanted = TaskFields.read(fields, absent, current).completed(isComplete);
    // Compared as it was sent, so that the kinds of numbers are the same.
    fields.readOnly(
        TaskView.READ_ONLY,
        (ObjectNode) json.readTree(json.writeValueAsBytes(TaskView.of(before))));
    fields.check();
    return wanted;
  }

  private static ResponseEntity<TaskView> shown(StoredTask task) {
    return ResponseEntity.ok().eTag(IfMatch.etag(task.version())).body(TaskView.of(task));
  }
}
