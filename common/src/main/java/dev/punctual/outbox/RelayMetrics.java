package dev.punctual.outbox;

import dev.punctual.outbox.RelayObserver.Step;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The relay in figures. What the outbox holds is asked of the database by whoever scrapes; the
 * batches and latencies are those of this process, while it is the active one.
 */
final class RelayMetrics implements MeterBinder, RelayObserver {

  private static final Duration LEAST_LATENCY = Duration.ofMillis(1);
  private static final Duration GREATEST_LATENCY = Duration.ofMinutes(1);

  private final OutboxBacklog backlog;
  private final RelayState state;
  private final InstantSource clock;
  private volatile @Nullable DistributionSummary batches;
  private volatile @Nullable Timer latencies;
  private volatile @Nullable Timer searches;

  RelayMetrics(OutboxBacklog backlog, RelayState state, InstantSource clock) {
    this.backlog = backlog;
    this.state = state;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("punctual.outbox.depth", backlog, b -> b.read().depth())
        .description("Events that wait for Kafka; counted up to 100,000")
        .register(registry);
    TimeGauge.builder("punctual.outbox.oldest.age", backlog, TimeUnit.SECONDS, b -> b.read().age())
        .description("How long the event that waits longest has been waiting")
        .register(registry);
    Gauge.builder("punctual.outbox.parked", backlog, b -> b.read().parked())
        .description("Events that Kafka refused and that wait in outbox_parked")
        .register(registry);
    Gauge.builder("punctual.relay.active", state, s -> s.isActive() ? 1 : 0)
        .description("1 in the process whose relay is the active one, 0 where it stands by")
        .register(registry);
    Gauge.builder("punctual.relay.stopped", state, s -> s.needsAnOperator() ? 1 : 0)
        .description(
            "1 when nothing can be published until somebody mends a topic, rights or settings")
        .register(registry);
    batches =
        DistributionSummary.builder("punctual.relay.batch")
            .description("Events in a Kafka transaction")
            .serviceLevelObjectives(1, 10, 100, 1000)
            .register(registry);
    searches =
        Timer.builder("punctual.relay.search")
            .description(
                "Reading the waiting events; it grows when a transaction that has written stays open")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    latencies =
        Timer.builder("punctual.relay.latency")
            .description(
                "From the append of an event, just before its commit, to the commit in Kafka")
            .publishPercentileHistogram()
            .minimumExpectedValue(LEAST_LATENCY)
            .maximumExpectedValue(GREATEST_LATENCY)
            .register(registry);
  }

  @Override
  public void searched(Duration took) {
    var search = searches;
    if (search != null) {
      search.record(took);
    }
  }

  @Override
  public void reached(Step step, List<Instant> appended) {
    var batch = batches;
    var latency = latencies;
    if (step != Step.COMMITTED || batch == null || latency == null) {
      return;
    }
    batch.record(appended.size());
    var now = clock.instant();
    for (var instant : appended) {
      // The two clocks are of two machines, perhaps.
      latency.record(Math.max(0, Duration.between(instant, now).toNanos()), TimeUnit.NANOSECONDS);
    }
  }
}
