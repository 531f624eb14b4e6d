package dev.punctual.taskservice.recurringtask;

import dev.punctual.event.Cause;
import dev.punctual.event.RecurringTaskEvent;
import dev.punctual.outbox.Outbox;
import dev.punctual.taskservice.http.IfMatch;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.security.CurrentUser;
import dev.punctual.taskservice.security.Users;
import dev.punctual.taskservice.task.LinkedTasks;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes templates; their tasks stay, and tell that they have none any more. */
@Service
class TemplateRemoval {

  /** So many tasks change in one transaction, far within its timeouts. */
  private static final int BATCH = 500;

  private final Users users;
  private final RecurringTaskTable templates;
  private final LinkedTasks tasks;
  private final Timers timers;
  private final Outbox outbox;
  private final TransactionTemplate batch;
  private final TransactionTemplate rest;

  TemplateRemoval(
      Users users,
      RecurringTaskTable templates,
      LinkedTasks tasks,
      Timers timers,
      Outbox outbox,
      PlatformTransactionManager transactions) {
    this.users = users;
    this.templates = templates;
    this.tasks = tasks;
    this.timers = timers;
    this.outbox = outbox;
    this.batch = new TransactionTemplate(transactions);
    this.batch.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.rest = new TransactionTemplate(transactions);
  }

  /**
   * Deletes a template. If it has very many tasks, most of them let go of it in transactions of
   * their own that come first: if the rest fails, the template is there still, and deleting it
   * again goes on. {@code ifMatch} is about the template as it is before all that.
   */
  void remove(CurrentUser user, String id, IfMatch ifMatch) {
    boolean begun = false;
    while (tasks.countOfTemplate(user.id(), id, BATCH + 1) > BATCH) {
      boolean first = !begun;
      batch.executeWithoutResult(
          status -> {
            var template = locked(user, id);
            if (first) {
              ifMatch.check(template.version());
            }
            tasks.forgetTemplate(user.id(), id, BATCH);
          });
      begun = true;
    }
    boolean only = !begun;
    rest.executeWithoutResult(
        status -> {
          var template = locked(user, id);
          if (only) {
            ifMatch.check(template.version());
          }
          tasks.forgetTemplate(user.id(), id, Integer.MAX_VALUE);
          remove(user, template);
        });
  }

  private StoredTemplate locked(CurrentUser user, String id) {
    users.lock(user);
    return templates
        .lock(user.id(), id)
        .orElseThrow(() -> ProblemException.notFound("recurring task", id));
  }

  private void remove(CurrentUser user, StoredTemplate template) {
    templates.delete(template);
    timers.cancel(TimerKind.TEMPLATE, template.id());
    outbox.append(
        new RecurringTaskEvent(
            RecurringTaskEvent.Kind.DELETED,
            template.version() + 1,
            List.of(),
            template.template(),
            Cause.user(user.id())));
  }
}
