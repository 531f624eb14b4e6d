package dev.punctual.recurrenceworker;

import dev.punctual.recurrence.CatchUp;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How far catching up goes after an outage.
 *
 * @param window how far back {@code catch_up: all} makes up, of templates and of chains
 * @param cap how many tasks {@code catch_up: all} makes up for one template, the latest ones
 * @param grace what is handled this long after its instant is on time still: it is no missed
 *     occurrence, and its reminder fires
 */
@ConfigurationProperties("punctual.recurrence.catch-up")
record CatchUpLimits(
    @DefaultValue("7d") Duration window,
    @DefaultValue("100") int cap,
    @DefaultValue("5m") Duration grace) {

  CatchUp with(CatchUp.Policy policy) {
    return new CatchUp(policy, window, cap, grace);
  }
}
