package dev.punctual.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports that nobody listens on. */
public final class FreePort {
  // Below the range from which the kernel hands out client ports, so that no outgoing connection
  // takes the port between this look and the server's bind.
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;

  private FreePort() {}

  /** A port that was free a moment ago. */
  public static int find() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
  }

  /**
   * Returns if a server of this user could listen on this loopback port now.
   *
   * @throws java.net.BindException if not; its message says why
   */
  public static void require(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }

  private static boolean isFree(int port) {
    try {
      require(port);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
