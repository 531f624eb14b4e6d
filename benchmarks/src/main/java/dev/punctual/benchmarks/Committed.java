package dev.punctual.benchmarks;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs work in a transaction and tells when it was committed. */
final class Committed {

  private final TransactionTemplate transactions;

  Committed(TransactionTemplate transactions) {
    this.transactions = transactions;
  }

  /** Returns the instant of the commit, taken before anyone else hears of it. */
  long by(Runnable work) {
    var instant = new long[1];
    transactions.executeWithoutResult(
        tx -> {
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                  instant[0] = System.nanoTime();
                }
              });
          work.run();
        });
    return instant[0];
  }
}
