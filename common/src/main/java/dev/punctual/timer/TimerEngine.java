package dev.punctual.timer;

import dev.punctual.timer.OverdueLane.Share;
import dev.punctual.trace.Spans;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fires the timers of a worker's kinds: its threads. Started with the application; when it is
 * stopped it leaves its group first, and fires for some seconds what it has in memory, until the
 * others have loaded it.
 */
final class TimerEngine implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(TimerEngine.class);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration LISTENING_WITHIN = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** While one waits for PostgreSQL or the disk, the other works. */
  private static final int DRAINS = 2;

  private final DatabaseClock clock;
  private final NearWindow window;
  private final OwnedSlots slots;
  private final HintListener listener;
  private final PunctualLane punctualLane;
  private final List<OverdueLane> overdueLanes;
  private final Sweep sweep;
  private final WindowLoad windowLoad;
  private final PendingTimers pendingTimers;
  private final TimerProperties properties;
  private final Thread starter;
  private final Loop listening;
  private final Loop loading;
  private final Loop firing;
  private final List<Loop> draining;
  private volatile long pending;
  private volatile boolean running;

  TimerEngine(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Collection<TimerHandler> handlers,
      HintTopics topics,
      LongSupplier monotonicNanos,
      FiringObserver observer,
      Spans spans,
      Runnable untilReady,
      TimerProperties properties) {
    this.properties = properties;
    starter = new Thread(() -> begin(untilReady), "timers-start");
    starter.setDaemon(true);
    clock = new DatabaseClock(monotonicNanos);
    window = new NearWindow();
    slots = new OwnedSlots();
    var firing = new Firing(handlers, new Claim(jdbc, clock), transaction, observer, spans);
    windowLoad = new WindowLoad(jdbc, transaction, clock, window, firing.kinds(), slots);
    pendingTimers = new PendingTimers(jdbc, firing.kinds());
    var overdue = new OverdueTimers(jdbc, clock);
    overdueLanes =
        IntStream.range(0, DRAINS)
            .mapToObj(n -> new OverdueLane(new Share(n, DRAINS), overdue, slots, firing))
            .toList();
    sweep = new Sweep(overdue, slots, firing, observer);
    punctualLane = new PunctualLane(window, firing, () -> clock.measure(jdbc), this::wakeTheDrains);
    listener =
        new HintListener(
            topics, firing.kinds(), window, slots, clock, observer, properties, this::wakeTheLoad);
    listening = new Loop("timers-hints", listener::runOnce);
    loading = new Loop("timers-load", this::load);
    this.firing = new Loop("timers-punctual", this::fire);
    draining =
        IntStream.range(0, DRAINS)
            .mapToObj(n -> new Loop("timers-overdue-" + n, loop -> drain(n, loop)))
            .toList();
  }

  private void wakeTheDrains() {
    draining.forEach(Loop::wake);
  }

  private void wakeTheLoad() {
    loading.wake();
  }

  @Override
  public void start() {
    running = true;
    starter.start();
  }

  private void begin(Runnable untilReady) {
    try {
      untilReady.run();
    } catch (RuntimeException e) {
      if (running) {
        log.error("The timer engine cannot start; nothing is fired by this process.", e);
      }
      return;
    }
    synchronized (this) {
      if (running) {
        loops().forEach(Loop::start);
      }
    }
  }

  private void load(Loop loop) throws InterruptedException {
    windowLoad.runOnce();
    pending = pendingTimers.count();
    loop.awaitWakeUp(NearWindow.LENGTH.dividedBy(2));
  }

  private void fire(Loop loop) throws InterruptedException {
    window.awaitDue(clock, IDLE);
    if (clock.isKnown()) {
      punctualLane.runOnce(clock.now());
    }
  }

  /** A batch of what is most urgent, and one of the sweep, which so never waits for a backlog. */
  private void drain(int number, Loop loop) throws InterruptedException {
    boolean sweptAny = number == 0 && sweep.isDue() && sweep.runOnce() > 0;
    boolean helped = clock.isKnown() && punctualLane.helpOnce(clock.now());
    boolean more = helped || overdueLanes.get(number).runOnce();
    if (!more && !sweptAny) {
      loop.awaitWakeUp(IDLE);
    }
  }

  @Override
  public void stop() {
    starter.interrupt();
    synchronized (this) {
      running = false;
    }
    try {
      if (!listener.leave()) {
        // Kafka may be away for long; who is in the group must leave it undisturbed.
        listening.interrupt();
      }
      listening.stop(PATIENCE);
      fireWhatIsNear();
      for (var loop : loops()) {
        loop.stop(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Another process owns our slots by now, but needs some time to load them. */
  private void fireWhatIsNear() throws InterruptedException {
    if (!clock.isKnown()) {
      return;
    }
    var handover = properties.handover();
    var end = clock.now().plus(handover);
    window.keep(hint -> !hint.tryAt().isAfter(end));
    if (window.size() > 0) {
      log.info("Fires {} timers that are due within {} before it stops.", window.size(), handover);
    }
    window.awaitEmpty(handover);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  List<Loop> loops() {
    return Stream.concat(Stream.of(listening, loading, firing), draining.stream()).toList();
  }

  int ownedSlots() {
    return slots.owned().length;
  }

  int inMemory() {
    return window.size();
  }

  /** How many timers the table held when the window was last loaded. */
  long pending() {
    return pending;
  }

  /** Whether this process is in its consumer group, and so has its share of the slots. */
  boolean isListening() {
    return listener.isInGroup() && listening.isTurning(LISTENING_WITHIN);
  }

  /** Whether the database answers, and each loop that fires comes to the end of a pass at times. */
  boolean isFiring() {
    return listener.hearsDatabase()
        && Stream.concat(Stream.of(firing), draining.stream())
            .allMatch(loop -> loop.failingFor().compareTo(properties.silence()) < 0);
  }
}
