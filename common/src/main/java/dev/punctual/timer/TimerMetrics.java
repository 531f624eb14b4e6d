package dev.punctual.timer;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;

/** What firing does, as metrics named {@code punctual.timers.*}. */
final class TimerMetrics implements FiringObserver {

  private final MeterRegistry registry;

  TimerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void fired(TimerKind kind, List<FiredTimer> timers) {
    count("claimed", kind, timers.size());
    var lateness =
        io.micrometer.core.instrument.Timer.builder("punctual.timers.lateness")
            .description("From the instant of a timer to its claim, by the database's clock")
            .tag("kind", kind.sqlName())
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofHours(1))
            .register(registry);
    for (var timer : timers) {
      lateness.record(Duration.between(timer.fireAt(), timer.firedAt()));
    }
  }

  @Override
  public void missed(TimerKind kind, int lost, int locked) {
    count("lost", kind, lost);
    count("locked", kind, locked);
  }

  @Override
  public void parked(TimerKind kind) {
    count("parked", kind, 1);
  }

  @Override
  public void swept(int timers) {
    registry.counter("punctual.timers.swept").increment(timers);
  }

  @Override
  public void unknown(String kind) {
    registry.counter("punctual.timers.unknown").increment();
  }

  private void count(String what, TimerKind kind, int timers) {
    registry.counter("punctual.timers." + what, "kind", kind.sqlName()).increment(timers);
  }

  /** Shows what an engine holds. */
  void watch(TimerEngine engine) {
    registry.gauge("punctual.timers.slots", engine, TimerEngine::ownedSlots);
    registry.gauge("punctual.timers.window", engine, TimerEngine::inMemory);
    registry.gauge("punctual.timers.pending", engine, TimerEngine::pending);
  }
}
