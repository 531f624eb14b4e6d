package dev.punctual.taskservice.idempotency;

import org.jspecify.annotations.Nullable;

/** What a request was answered, to be said again to its repetition. */
record StoredAnswer(
    String requestHash,
    int status,
    @Nullable String location,
    @Nullable String etag,
    @Nullable String body) {}
