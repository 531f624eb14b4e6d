package dev.punctual.taskservice.notification;

import dev.punctual.taskservice.http.Cursor;
import dev.punctual.taskservice.http.Page;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.http.Query;
import dev.punctual.taskservice.security.CurrentUser;
import java.util.Map;
import java.util.function.Function;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The inbox of a user. */
@RestController
@RequestMapping("/api/notifications")
class NotificationController {

  private final Inbox inbox;

  NotificationController(Inbox inbox) {
    this.inbox = inbox;
  }

  @GetMapping
  Page<Notification> list(CurrentUser user, Query query) {
    boolean unread = Boolean.TRUE.equals(query.bool("unread"));
    var taskId = query.text("task_id", 200);
    int limit = query.integer("limit", 1, 100, 50);
    var cursor = query.cursor("");
    query.check();
    return Page.of(
        inbox.list(user.id(), unread, taskId, cursor, limit + 1),
        limit,
        Function.identity(),
        last -> new Cursor("", "", last.id()));
  }

  @PostMapping("/{id}/read")
  Notification markRead(CurrentUser user, @PathVariable String id) {
    return inbox
        .markRead(user.id(), id)
        .orElseThrow(() -> ProblemException.notFound("notification", id));
  }

  @PostMapping("/read")
  Map<String, Integer> markAllRead(CurrentUser user) {
    return Map.of("marked", inbox.markAllRead(user.id()));
  }
}
