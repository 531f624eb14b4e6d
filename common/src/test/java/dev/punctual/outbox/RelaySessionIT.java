package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class RelaySessionIT {

  private final Database database = Stack.newDatabase();
  private final List<Connection> opened = new ArrayList<>();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_session_that_cannot_be_set_up_leaves_no_connection_behind() {
    assertThatThrownBy(() -> RelaySession.open(new OfFailedTransactions()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("current transaction is aborted");
    assertThat(opened).hasSize(1).allMatch(RelaySessionIT::isClosed);
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** In its connections every statement fails. */
  private final class OfFailedTransactions extends DelegatingDataSource {

    OfFailedTransactions() {
      super(database.dataSource());
    }

    @Override
    public Connection getConnection() throws SQLException {
      var connection = super.getConnection();
      opened.add(connection);
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("no SQL at all");
      } catch (SQLException asWanted) {
        // The transaction is aborted now.
      }
      return connection;
    }
  }
}
