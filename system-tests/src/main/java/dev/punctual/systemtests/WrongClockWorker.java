package dev.punctual.systemtests;

import dev.punctual.recurrenceworker.RecurrenceWorkerApplication;
import dev.punctual.reminderworker.ReminderWorkerApplication;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;

/** A worker whose local clocks, of the day and of the seconds that pass, are off, and may jump. */
public final class WrongClockWorker {

  private static final String SECONDS = "wrong.clock.seconds";
  private static final long EACH_FOR = Duration.ofSeconds(3).toNanos();

  private final long[] offsets =
      Arrays.stream(System.getProperty(SECONDS).split(",", -1))
          .mapToLong(Long::parseLong)
          .toArray();
  private final long start = System.nanoTime();

  private WrongClockWorker() {}

  /**
   * A worker, not started.
   *
   * @param seconds by how much its clocks are ahead; of several, each for three seconds in turn
   */
  static ServiceProcess of(String service, String seconds, Installation installation) {
    return installation.serviceWithMain(
        List.of("-D" + SECONDS + "=" + seconds, WrongClockWorker.class.getName(), service),
        service + "-with-wrong-clock");
  }

  /** Runs the service that the first argument names. */
  public static void main(String[] args) {
    var clock = new WrongClockWorker();
    var worker =
        args[0].equals(Installation.REMINDER_WORKER)
            ? ReminderWorkerApplication.builder()
            : RecurrenceWorkerApplication.builder();
    var application = worker.application();
    clock.putInto(application);
    application.run(Arrays.copyOfRange(args, 1, args.length));
  }

  private void putInto(SpringApplication application) {
    application.addInitializers(
        context -> {
          var beans = (GenericApplicationContext) context;
          beans.registerBean(
              "wrongClock", InstantSource.class, () -> this::now, bean -> bean.setPrimary(true));
          beans.registerBean("wrongNanos", LongSupplier.class, () -> this::nanos);
        });
  }

  private Instant now() {
    return Instant.now().plusSeconds(offset());
  }

  private long nanos() {
    return System.nanoTime() + Duration.ofSeconds(offset()).toNanos();
  }

  private long offset() {
    return offsets[(int) ((System.nanoTime() - start) / EACH_FOR % offsets.length)];
  }
}
