package dev.punctual.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7): sorted by time, so that new rows land at the end of
 * their index.
 */
public final class UuidV7 {

  private static final SecureRandom RANDOM = new SecureRandom();

  private UuidV7() {}

  /** A new id, in lower case with hyphens. Ids of the same millisecond have no order among them. */
  public static String at(Instant now) {
    var random = new byte[10];
    RANDOM.nextBytes(random);
    long high = 0x7000L | ((random[0] & 0x0fL) << 8) | (random[1] & 0xffL);
    long low = 0;
    for (int i = 2; i < 10; i++) {
      low = (low << 8) | (random[i] & 0xffL);
    }
    long variant = 0x8000_0000_0000_0000L | (low & 0x3fff_ffff_ffff_ffffL);
    return new UUID((now.toEpochMilli() << 16) | high, variant).toString();
  }
}
