package dev.punctual.taskservice.security;

import java.time.ZoneId;

/** What has no time zone of its own, and so follows its user's. */
public interface ZoneFollower {

  /** The user is in another zone from now on. The caller holds the lock of the user. */
  void moved(CurrentUser user, ZoneId from, ZoneId to);
}
