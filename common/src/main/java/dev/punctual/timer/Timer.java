package dev.punctual.timer;

import java.time.Instant;

/** A pending instant. There is at most one for each (kind, id). */
public record Timer(TimerKind kind, String id, Instant fireAt) {}
