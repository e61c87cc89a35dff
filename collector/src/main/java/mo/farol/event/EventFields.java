package mo.farol.event;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one event in the order the parser found them, kept as bytes and made texts when
 * asked for: what a rule matched is mostly asked for a few of them. All are made where it is asked
 * for many, or for one of several values. These are joined by {@code ", "}. Never changes; any
 * thread.
 */
final class EventFields extends AbstractMap<String, String> {
  private static final String REJECTED = "farol.rejected";
  private static final int OFTEN = 12;

  private final int[] fields; // of each pair, by number of Fields
  private final int[] ends; // of each pair's value
  private final byte[] values;
  private final @Nullable String rejection;
  private volatile @Nullable Map<String, String> whole;
  private int asked; // roughly: two threads at once may count as one

  /** Copies the pairs of event {@code i}; the batch may be filled anew afterwards. */
  EventFields(EventBatch batch, int i) {
    int from = batch.from(i);
    int count = batch.to(i) - from;
    fields = new int[count];
    ends = new int[count];
    int length = 0;
    for (int k = 0; k < count; k++) {
      length += batch.length(from + k);
      fields[k] = batch.field(from + k);
      ends[k] = length;
    }
    values = new byte[length];
    for (int k = 0; k < count; k++) {
      int start = start(k);
      System.arraycopy(
          batch.bytes(from + k), batch.start(from + k), values, start, ends[k] - start);
    }
    rejection = batch.rejection(i);
  }

  private int start(int k) {
    return k == 0 ? 0 : ends[k - 1];
  }

  private String text(int k) {
    return new String(values, start(k), ends[k] - start(k), StandardCharsets.UTF_8);
  }

  private int find(Object name, int from) {
    for (int k = from; k < fields.length; k++) {
      if (Fields.name(fields[k]).equals(name)) {
        return k;
      }
    }
    return -1;
  }

  @Override
  public @Nullable String get(Object name) {
    if (whole != null || ++asked > OFTEN) {
      return whole().get(name);
    }
    if (rejection != null && REJECTED.equals(name)) {
      return rejection;
    }
    int first = find(name, 0);
    if (first < 0) {
      return null;
    }
    return find(name, first + 1) < 0 ? text(first) : whole().get(name);
  }

  @Override
  public String getOrDefault(Object name, String other) {
    String value = get(name);
    return value == null ? other : value;
  }

  @Override
  public boolean containsKey(Object name) {
    return (rejection != null && REJECTED.equals(name)) || find(name, 0) >= 0;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return whole().entrySet();
  }

  private Map<String, String> whole() {
    var made = whole;
    if (made == null) {
      made = Collections.unmodifiableMap(make());
      whole = made;
    }
    return made;
  }

  private Map<String, String> make() {
    var all = LinkedHashMap.<String, String>newLinkedHashMap(fields.length + 1);
    var repeated = new HashMap<String, StringBuilder>(0);
    for (int k = 0; k < fields.length; k++) {
      String text = text(k);
      String name = Fields.name(fields[k]);
      String before = all.putIfAbsent(name, text);
      if (before != null) {
        repeated.computeIfAbsent(name, _ -> new StringBuilder(before)).append(", ").append(text);
      }
    }
    repeated.forEach((name, texts) -> all.put(name, texts.toString()));
    if (rejection != null) {
      all.put(REJECTED, rejection);
    }
    return all;
  }
}
