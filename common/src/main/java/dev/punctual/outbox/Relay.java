package dev.punctual.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Carries the outbox to Kafka. One relay is active in the whole installation; the others stand by,
 * one in each service's process, and pass on the wake-ups of their process.
 *
 * <p>A {@code read_committed} consumer sees each event once and in order, whatever is killed or
 * frozen: the lock only spares the relays each other's company; what decides is that the successor
 * fences its predecessor in Kafka.
 */
final class Relay implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Relay.class);
  private static final Duration TRY_LOCK_EVERY = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final Duration FINISH_WITHIN = Duration.ofSeconds(2);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(8);

  private final DataSource unpooled;
  private final PublisherFactory publishers;
  private final LocalWakeup wakeup;
  private final RelayObserver observer;
  private final RelayState state;
  private final OutboxProperties properties;

  private volatile CountDownLatch stop = new CountDownLatch(0);
  private @Nullable Thread thread;

  Relay(
      DataSource unpooled,
      PublisherFactory publishers,
      LocalWakeup wakeup,
      RelayObserver observer,
      RelayState state,
      OutboxProperties properties) {
    this.unpooled = unpooled;
    this.publishers = publishers;
    this.wakeup = wakeup;
    this.observer = observer;
    this.state = state;
    this.properties = properties;
  }

  @Override
  public synchronized void start() {
    stop = new CountDownLatch(1);
    thread = new Thread(this::run, "outbox-relay");
    thread.start();
  }

  private void run() {
    var pause = FIRST_PAUSE;
    while (!stopping()) {
      try (var session = RelaySession.open(unpooled)) {
        if (standBy(session)) {
          lead(session);
        }
        pause = FIRST_PAUSE;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (SQLException | RuntimeException | Error e) {
        pause = state.failure() == null ? FIRST_PAUSE : longer(pause);
        state.failed(e, pause);
        awaitStop(pause);
      }
    }
  }

  /** Returns true once this process is the active relay, false when it is to stop. */
  private boolean standBy(RelaySession session) throws SQLException, InterruptedException {
    state.standingBy();
    long nextTry = System.nanoTime();
    while (!stopping()) {
      if (System.nanoTime() - nextTry >= 0) {
        if (session.tryLead()) {
          return true;
        }
        if (state.failure() != null && session.anotherWorks()) {
          state.works();
        }
        nextTry = System.nanoTime() + TRY_LOCK_EVERY.toNanos();
      }
      if (wakeup.await(TRY_LOCK_EVERY)) {
        session.wakeLeader();
      }
    }
    return false;
  }

  private void lead(RelaySession session) throws SQLException, InterruptedException {
    try (var reading = RelaySession.openFor("reading", unpooled);
        var deleting = RelaySession.openFor("deleting", unpooled);
        var keeper = RelayKeeper.start(session, wakeup)) {
      var committer =
          Executors.newSingleThreadExecutor(work -> new Thread(work, "outbox-committer"));
      var deleter = Executors.newSingleThreadExecutor(work -> new Thread(work, "outbox-deleter"));
      var pass =
          new RelayPass(
              WaitingEvents.on(reading),
              new Commits(committer),
              new Deletions(WaitingEvents.on(deleting), deleter),
              publishers,
              observer,
              properties.batchSize());
      try {
        state.active();
        for (boolean proved = false; !stopping() && keeper.holdsTheLock(); proved = true) {
          int published = pass.runOnce();
          if (!proved) {
            pass.awaitCommitted();
            state.works();
            RelaySession.tellThatItWorks(reading);
          }
          if (published < properties.batchSize()) {
            wakeup.await(properties.poll());
          }
        }
      } finally {
        pass.close();
        finish(committer);
        finish(deleter);
      }
    }
    log.info("The outbox relay of this process hands over.");
  }

  private static void finish(ExecutorService thread) throws InterruptedException {
    thread.shutdown();
    var ignored = thread.awaitTermination(FINISH_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    Thread running;
    synchronized (this) {
      running = thread;
      thread = null;
    }
    if (running == null) {
      return;
    }
    stop.countDown();
    wakeup.raise();
    if (!state.isActive() || state.failure() != null) {
      // It stands by, or waits for what is away: there is nothing to bring to its end.
      running.interrupt();
    }
    try {
      running.join(STOP_WITHIN.toMillis());
      running.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  /** Stops after everything that appends. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 1_000;
  }

  private boolean stopping() {
    return stop.getCount() == 0;
  }

  private void awaitStop(Duration atMost) {
    try {
      var ignored = stop.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }
}
