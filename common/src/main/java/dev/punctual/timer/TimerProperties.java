package dev.punctual.timer;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the timer engine.
 *
 * @param handover what falls due so long after slots went to another process is still fired here,
 *     while the other one loads it; also after a clean stop began. A process with nothing to fire
 *     does not wait
 * @param silence a process that for so long has not heard the database or the consumer group's
 *     coordinator, or could fire nothing, is not ready; without the database it leaves the group,
 *     so that others take its slots
 */
@ConfigurationProperties("punctual.timers")
public record TimerProperties(
    @DefaultValue("3s") Duration handover, @DefaultValue("10s") Duration silence) {}
