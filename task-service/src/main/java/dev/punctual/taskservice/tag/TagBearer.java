package dev.punctual.taskservice.tag;

/** Things that carry tags, and let go of one before it is deleted. */
public interface TagBearer {

  /**
   * Takes the tag from the user's things that carry it, up to {@code limit}, each at its next
   * version and with an event. The caller holds the lock of {@code Users.lockAlone} and the lock of
   * the tag, so nothing takes it on meanwhile.
   */
  void forgetTag(String userId, String tagId, int limit);
}
