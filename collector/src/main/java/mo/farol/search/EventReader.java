package mo.farol.search;

import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.Frame;

/**
 * The way back from an index row to the event: journal and parser stand behind it, wired in {@code
 * app}.
 */
public interface EventReader {
  /** What one row leads to. */
  record Recalled(Event event, Frame frame) {}

  /**
   * Reads an event back.
   *
   * @param sequence its journal sequence
   * @param position place of its block, or -1 when not known
   */
  Optional<Recalled> recall(long sequence, long position);
}
