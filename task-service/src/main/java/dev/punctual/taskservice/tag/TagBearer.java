package dev.punctual.taskservice.tag;

/** Things that carry tags, and let go of one before it is deleted. */
public interface TagBearer {

  /**
   * Takes the tag from everything of the user's that carries it, each at its next version and with
   * an event. The caller holds the lock of {@code Users.lockAlone}.
   */
  void forgetTag(String userId, String tagId);
}
