package dev.punctual.taskservice.tag;

import dev.punctual.event.Cause;
import dev.punctual.event.TagEvent;
import dev.punctual.id.UuidV7;
import dev.punctual.outbox.Outbox;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.security.CurrentUser;
import dev.punctual.taskservice.security.Users;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The changes of tags, a transaction and an event each. */
@Service
class TagWrites {

  /** So many tasks and templates change in one transaction, far within its timeouts. */
  private static final int BATCH = 500;

  private final Users users;
  private final TagTable tags;
  private final List<TagBearer> bearers;
  private final Outbox outbox;
  private final InstantSource clock;
  private final TransactionTemplate batch;
  private final TransactionTemplate rest;

  TagWrites(
      Users users,
      TagTable tags,
      List<TagBearer> bearers,
      Outbox outbox,
      InstantSource clock,
      PlatformTransactionManager transactions) {
    this.users = users;
    this.tags = tags;
    this.bearers = bearers;
    this.outbox = outbox;
    this.clock = clock;
    this.batch = new TransactionTemplate(transactions);
    this.batch.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.rest = new TransactionTemplate(transactions);
  }

  @Transactional
  TagEvent.Tag create(CurrentUser user, TagFields fields) {
    users.lockAlone(user);
    try {
      var tag = tags.insert(user.id(), UuidV7.at(clock.instant()), fields);
      announce(TagEvent.Kind.CREATED, tag);
      return tag;
    } catch (DuplicateKeyException e) {
      throw nameTaken(fields);
    }
  }

  /** Changes a tag; the tasks that carry it do not change by that. */
  @Transactional
  TagEvent.Tag change(CurrentUser user, String id, UnaryOperator<TagFields> request) {
    users.lockAlone(user);
    var before = found(user, id);
    var was = TagFields.of(before);
    var fields = request.apply(was);
    if (fields.equals(was)) {
      return before;
    }
    try {
      var after = tags.update(before, fields);
      announce(TagEvent.Kind.UPDATED, after);
      return after;
    } catch (DuplicateKeyException e) {
      throw nameTaken(fields);
    }
  }

  /**
   * Deletes a tag, and takes it from everything that carries it. Of very many these are
   * transactions of their own that come first: if the rest fails, the tag is there still, and
   * deleting it again goes on.
   */
  void delete(CurrentUser user, String id) {
    while (tags.bearers(user.id(), id, BATCH + 1) > BATCH) {
      batch.executeWithoutResult(status -> forget(user, id, BATCH));
    }
    rest.executeWithoutResult(
        status -> {
          var tag = forget(user, id, Integer.MAX_VALUE);
          tags.delete(tag);
          announce(TagEvent.Kind.DELETED, tag);
        });
  }

  private TagEvent.Tag forget(CurrentUser user, String id, int most) {
    users.lockAlone(user);
    // Before anything that carries it: whoever copies it has done so, or does not wait for it.
    var tag = tags.lock(user.id(), id).orElseThrow(() -> ProblemException.notFound("tag", id));
    bearers.forEach(bearer -> bearer.forgetTag(user.id(), id, most));
    return tag;
  }

  private TagEvent.Tag found(CurrentUser user, String id) {
    return tags.find(user.id(), id).orElseThrow(() -> ProblemException.notFound("tag", id));
  }

  private void announce(TagEvent.Kind kind, TagEvent.Tag tag) {
    outbox.append(new TagEvent(kind, tag, Cause.user(tag.userId())));
  }

  private static ProblemException nameTaken(TagFields fields) {
    return ProblemException.conflict(
        "tag-exists",
        "Tag exists",
        "You have a tag with the name '" + fields.name() + "' already.");
  }
}
