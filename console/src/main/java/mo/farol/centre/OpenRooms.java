package mo.farol.centre;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, closed in reverse; one that fails to close keeps no other open. */
final class OpenRooms implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenRooms.class);

  private final Deque<AutoCloseable> rooms = new ArrayDeque<>();

  /** Takes a room along and gives it back. */
  <T extends AutoCloseable> T add(T room) {
    rooms.push(room);
    return room;
  }

  @Override
  public void close() {
    while (!rooms.isEmpty()) {
      var room = rooms.pop();
      try {
        room.close();
      } catch (Exception e) { // the others must still be closed
        log.error("closing {} failed", room.getClass().getSimpleName(), e);
      }
    }
  }
}
