package dev.punctual.recurrenceworker;

import dev.punctual.event.Task;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A completed task with a rule, locked by this transaction.
 *
 * @param dueDate when it was due; a task without a due date counts as due when it was completed
 * @param dueLocal the local time that it was spawned for, also if the user has moved it since; null
 *     if it was not
 * @param zone the user's; the rule may name another
 * @param seriesId the chain it belongs to; its own id if it is the first
 * @param seriesStart what the chain's rule counts from: always the original day, so that a month's
 *     31st comes back after a February
 * @param position the how-manieth of its chain it is, from 1
 */
record CompletedTask(
    String id,
    String userId,
    String title,
    @Nullable String description,
    String priority,
    Instant dueDate,
    @Nullable LocalDateTime dueLocal,
    List<Task.Reminder> reminders,
    JsonNode recurrenceRule,
    Instant completedAt,
    ZoneId zone,
    String seriesId,
    @Nullable LocalDateTime seriesStart,
    int position,
    List<Task.TagRef> tags) {}
