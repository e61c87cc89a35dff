package mo.farol.parse;

import org.jspecify.annotations.Nullable;

/** One way in which senders write a frame, or the message within a syslog frame. */
interface Format {
  /** The name by which {@code Origin.format} asks for it. */
  String name();

  /** The bytes with which it may begin; empty where it may begin with any. */
  default String starts() {
    return "";
  }

  /** Whether line ends and NULs behind it mean nothing. */
  default boolean isText() {
    return true;
  }

  /** Whether {@code draft.bytes()[from .. to)} looks written this way; a glance, not a proof. */
  boolean claims(EventDraft draft, int from, int to);

  /**
   * Fills the draft from {@code draft.bytes()[from .. to)}.
   *
   * @return null when read, or the reason why not; what was read until then stays in the draft
   */
  @Nullable String read(EventDraft draft, int from, int to);
}
