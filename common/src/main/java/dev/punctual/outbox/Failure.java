package dev.punctual.outbox;

import dev.punctual.event.Topics.WrongPartitions;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Tells failures apart by whose fault they are. */
final class Failure {

  private Failure() {}

  /** The record itself is refused, and would be refused again. */
  static boolean isTheRecords(Throwable failure) {
    return hasCause(
        failure,
        RecordTooLargeException.class,
        RecordBatchTooLargeException.class,
        InvalidRecordException.class,
        SerializationException.class);
  }

  /**
   * Someone has to change the broker's or this service's settings; until then nothing can be
   * published.
   */
  static boolean needsAnOperator(Throwable failure) {
    return isASetting(failure)
        || hasCause(
            failure,
            AuthorizationException.class,
            AuthenticationException.class,
            UnknownTopicOrPartitionException.class,
            InvalidTopicException.class,
            WrongPartitions.class);
  }

  /** A broker that is away may have no address, which Kafka's clients take for a wrong setting. */
  private static boolean isASetting(Throwable failure) {
    return hasCause(failure, ConfigException.class) && !reason(failure).contains("No resolvable");
  }

  static String reason(Throwable failure) {
    var root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  @SafeVarargs
  private static boolean hasCause(Throwable failure, Class<? extends Throwable>... kinds) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      for (var kind : kinds) {
        if (kind.isInstance(t)) {
          return true;
        }
      }
    }
    return false;
  }
}
