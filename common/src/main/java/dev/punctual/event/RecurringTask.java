package dev.punctual.event;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A template as events and the API carry it.
 *
 * @param startAt the local date-time, in the template's zone, that the rule counts from
 * @param nextDueAt the instant of the next occurrence; of the last one when the template has ended
 * @param timeZone an IANA zone; null follows the user's
 * @param catchUp {@code latest}, {@code all} or {@code none}
 * @param overlap {@code allow} or {@code skip}
 * @param leadTime how long before it is due an instance is created
 * @param remindBefore how long before it is due an instance reminds; null never
 */
public record RecurringTask(
    String id,
    String userId,
    String title,
    @Nullable String description,
    String priority,
    JsonNode recurrenceRule,
    @Nullable LocalDateTime startAt,
    Instant nextDueAt,
    @Nullable String timeZone,
    String catchUp,
    String overlap,
    Duration leadTime,
    @Nullable Duration remindBefore,
    boolean isActive,
    @Nullable Instant endedAt,
    List<Task.TagRef> tags,
    Instant createdAt,
    Instant updatedAt) {}
