package mo.farol.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.Fields;

/**
 * The event fields that rules look at. A column is a list of names of which the first one present
 * in an event counts; column 0 is every value of the event. Names are counted from 0 as well.
 */
final class Columns {
  static final int EVERY = 0;

  private final Map<List<String>, Integer> ids = new HashMap<>();
  private final List<int[]> locals = new ArrayList<>();
  private final List<String> titles = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();
  private final List<String> byNumber = new ArrayList<>();
  private final List<byte[]> utf8 = new ArrayList<>();

  Columns() {
    ids.put(List.of(), EVERY);
    locals.add(new int[0]);
    titles.add("");
  }

  /** The column of these names, best first. */
  int column(List<String> alternatives) {
    return ids.computeIfAbsent(
        alternatives,
        list -> {
          locals.add(list.stream().mapToInt(this::local).toArray());
          titles.add(list.getFirst());
          return locals.size() - 1;
        });
  }

  private int local(String name) {
    Fields.id(name); // before senders fill the dictionary with names of their own
    return names.computeIfAbsent(
        name,
        _ -> {
          byNumber.add(name);
          utf8.add(name.getBytes(StandardCharsets.UTF_8));
          return names.size();
        });
  }

  /** The name of a number. */
  String name(int local) {
    return byNumber.get(local);
  }

  /** The name of a number, as an event writes it. */
  byte[] utf8(int local) {
    return utf8.get(local);
  }

  /** Numbers of a column's names, best first. */
  int[] locals(int column) {
    return locals.get(column);
  }

  /** The name a rule gives the column. */
  String title(int column) {
    return titles.get(column);
  }

  int count() {
    return locals.size();
  }

  int nameCount() {
    return names.size();
  }

  /** Number of a name that an event carries, or -1 where no rule looks at it. */
  int known(String name) {
    return names.getOrDefault(name, -1);
  }
}
