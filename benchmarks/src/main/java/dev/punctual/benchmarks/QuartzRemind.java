package dev.punctual.benchmarks;

import java.util.concurrent.CompletableFuture;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Quartz's job: the trigger is named after the task. Quartz makes an instance for each. */
public final class QuartzRemind implements Job {

  static final CompletableFuture<JdbcClient> JDBC = new CompletableFuture<>();

  @Override
  public void execute(JobExecutionContext context) {
    PeerEffects.write(JDBC.join(), context.getTrigger().getKey().getName());
  }
}
