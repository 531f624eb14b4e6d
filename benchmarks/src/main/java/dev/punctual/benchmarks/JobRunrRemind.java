package dev.punctual.benchmarks;

import java.util.concurrent.CompletableFuture;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** JobRunr's job. JobRunr makes the handler. */
public record JobRunrRemind(String taskId) implements JobRequest {

  static final CompletableFuture<JdbcClient> JDBC = new CompletableFuture<>();

  @Override
  public Class<Handler> getJobRequestHandler() {
    return Handler.class;
  }

  /** Runs it. */
  public static final class Handler implements JobRequestHandler<JobRunrRemind> {

    @Override
    public void run(JobRunrRemind request) {
      PeerEffects.write(JDBC.join(), request.taskId());
    }
  }
}
