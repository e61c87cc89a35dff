package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;

/** Whether a field of an event has one of some values. */
final class FieldTest {
  private record Value(String text, boolean isStart) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private final int field;
  private final byte[][] values;
  private final boolean[] starts;

  private FieldTest(String field, List<Value> values) {
    this.field = Fields.id(field);
    this.values = values.stream().map(Value::bytes).toArray(byte[][]::new);
    this.starts = new boolean[values.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = values.get(i).isStart();
    }
  }

  /**
   * Reads {@code field:value|value*}, where a star ends a value that others may begin with.
   *
   * @throws IllegalArgumentException on anything else
   */
  static FieldTest of(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new IllegalArgumentException(
          "'" + text + "' is no test; write FIELD:VALUE|VALUE, or * for all");
    }
    var values = new ArrayList<Value>();
    for (String value : text.substring(colon + 1).split("\\|", -1)) {
      boolean isStart = value.endsWith("*");
      values.add(new Value(isStart ? value.substring(0, value.length() - 1) : value, isStart));
    }
    return new FieldTest(text.substring(0, colon), values);
  }

  /** Whether a value of event {@code i} fits. */
  boolean fits(EventBatch events, int i) {
    for (int k = events.from(i); k < events.to(i); k++) {
      if (events.field(k) == field && fits(events.bytes(k), events.start(k), events.length(k))) {
        return true;
      }
    }
    return false;
  }

  private boolean fits(byte[] bytes, int from, int length) {
    for (int v = 0; v < values.length; v++) {
      int wanted = values[v].length;
      boolean isLong = starts[v] ? wanted <= length : wanted == length;
      if (isLong && Arrays.equals(bytes, from, from + wanted, values[v], 0, wanted)) {
        return true;
      }
    }
    return false;
  }
}
