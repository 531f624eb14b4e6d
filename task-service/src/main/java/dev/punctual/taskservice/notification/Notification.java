package dev.punctual.taskservice.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A reminder that fired, as the API shows it. */
record Notification(
    String id,
    String taskId,
    String title,
    @Nullable Instant dueDate,
    Instant remindAt,
    Instant firedAt,
    long lateByMs,
    @Nullable Instant readAt) {}
