package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {

  @Test
  void a_pass_that_fails_in_any_way_is_tried_again() throws InterruptedException {
    var failures =
        List.of(new IllegalStateException(), new AssertionError(), new StackOverflowError());
    var passes = new AtomicInteger();
    var loop =
        new Loop(
            "test",
            self -> {
              int pass = passes.getAndIncrement();
              if (pass < failures.size()) {
                LoopTest.<RuntimeException>raise(failures.get(pass));
              }
              self.awaitWakeUp(Duration.ofMillis(10));
            });
    loop.start();

    await().until(() -> passes.get() > failures.size());

    assertThat(loop.isTurning(Duration.ofMinutes(1))).isTrue();
    await().until(() -> loop.failingFor().isZero());
    loop.stop(Duration.ofSeconds(5));
  }

  @Test
  void a_loop_says_for_how_long_each_pass_has_failed() throws InterruptedException {
    var loop =
        new Loop(
            "test",
            self -> {
              throw new IllegalStateException();
            });
    assertThat(loop.failingFor()).isZero();

    loop.start();

    await().until(() -> loop.failingFor().toMillis() > 150);
    loop.stop(Duration.ofSeconds(5));
  }

  @Test
  void a_pass_that_does_not_end_and_a_thread_that_died_show() throws InterruptedException {
    var stuck = new CountDownLatch(1);
    var loop = new Loop("test", self -> stuck.await());
    loop.start();

    await().until(() -> !loop.isTurning(Duration.ofMillis(20)));

    assertThat(loop.isTurning(Duration.ofMinutes(1))).isTrue();
    stuck.countDown();
    loop.stop(Duration.ofSeconds(5));
    assertThat(loop.isTurning(Duration.ofMinutes(1))).isFalse();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable failure) throws T {
    throw (T) failure;
  }
}
