package mo.farol.window;

import java.util.List;
import java.util.Objects;
import mo.farol.event.EventId;
import org.jspecify.annotations.Nullable;

/** One hit in a group, or several that were merged. */
final class Entry {
  /** What people look for; kept for each hit so that a crossing can say what its events share. */
  static final List<String> SHOWN =
      List.of(
          "host.name",
          "user.name",
          "user.target.name",
          "source.ip",
          "destination.ip",
          "destination.port",
          "process.executable",
          "process.name",
          "file.path",
          "url.path");

  final String value;
  final @Nullable String[] shown;
  final List<EventId> events;
  long at;
  long firstAt;
  long receivedAt;
  long weight = 1;
  long total; // weights up to and with this one, in its ring

  /** An entry for a hit that counts under a value. */
  Entry(Hit hit, String value) {
    this.value = value;
    at = hit.at();
    firstAt = hit.at();
    receivedAt = hit.receivedAt();
    events = hit.events();
    shown = new @Nullable String[SHOWN.size()];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = hit.fields().get(SHOWN.get(i));
    }
  }

  /** Takes an older entry in. Its ids are given up: a crossing lists the newest only. */
  void absorb(Entry older) {
    firstAt = Math.min(firstAt, older.firstAt);
    receivedAt = Math.max(receivedAt, older.receivedAt);
    weight += older.weight;
    for (int i = 0; i < shown.length; i++) {
      shown[i] = Objects.equals(shown[i], older.shown[i]) ? shown[i] : null;
    }
  }
}
