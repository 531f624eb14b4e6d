package dev.punctual.timer;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the timer engine.
 *
 * @param handover what falls due so long after a clean stop began is still fired, while the other
 *     processes take over; a process with nothing to fire does not wait
 */
@ConfigurationProperties("punctual.timers")
public record TimerProperties(@DefaultValue("3s") Duration handover) {}
