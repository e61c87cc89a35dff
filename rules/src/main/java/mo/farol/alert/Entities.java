package mo.farol.alert;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who and what an event is about: the fields a person would pivot on. */
final class Entities {
  /** Entities an alert lists at most. */
  static final int LIMIT = 24;

  private static final List<String> FIELDS =
      List.of(
          "host.name",
          "user.name",
          "user.target.name",
          "source.ip",
          "destination.ip",
          "process.executable",
          "process.name",
          "file.path",
          "url.path");

  private Entities() {}

  /** Entities among these fields, in the order of {@link #FIELDS}. */
  static List<Alert.Entity> of(Map<String, String> fields) {
    var found = new ArrayList<Alert.Entity>();
    for (String field : FIELDS) {
      var value = fields.get(field);
      if (value != null && !value.isEmpty()) {
        found.add(new Alert.Entity(field, Bounded.text(value, 512)));
      }
    }
    addActedUpon(fields, found);
    return found;
  }

  /** First list first, without repeats, at most {@link #LIMIT}. */
  static List<Alert.Entity> join(List<Alert.Entity> a, List<Alert.Entity> b) {
    Set<Alert.Entity> all = new LinkedHashSet<>(a);
    all.addAll(b);
    return all.stream().limit(LIMIT).toList();
  }

  // Where the log names no actor, the account acted upon is the user the alert is about.
  private static void addActedUpon(Map<String, String> fields, List<Alert.Entity> found) {
    String target = fields.getOrDefault("user.target.name", "");
    if (!target.isEmpty() && fields.getOrDefault("user.name", "").isEmpty()) {
      found.add(new Alert.Entity("user.name", Bounded.text(target, 512)));
    }
  }
}
